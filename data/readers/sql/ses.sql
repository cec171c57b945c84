-- told_event: one row per SES event and recipient. Built from: record.

-- The first value of the tag that names the campaign, or else of the first tag by name that is the sender's own: they are
-- not always in the same order.
CREATE OR REPLACE TEMP MACRO ses_campaign(tags) AS
    list_sort(
        list_transform(
            list_filter(map_entries(tags), lambda tag: NOT starts_with(tag.key, 'ses:') AND tag.value[1] <> ''),
            lambda tag: {'is_other': NOT starts_with(lower(tag.key), 'campaign'), 'name': tag.key, 'value': tag.value[1]})
    )[1].value;

-- A list of addresses as recipients of whom nothing more is told.
CREATE OR REPLACE TEMP MACRO ses_recipients(addresses, reply) AS
    list_transform(addresses, lambda address: {'emailAddress': address, 'status': NULL::VARCHAR, 'diagnosticCode': reply});

CREATE OR REPLACE TEMP VIEW told_event AS
WITH notified AS (
    SELECT
        line,
        told.Message IS NOT NULL AS is_enveloped,
        -- The keys are those of the reader's shape.
        CASE
            WHEN told.Message IS NULL THEN told
            ELSE TRY(from_json(told.Message, '{
                "Message": "VARCHAR", "eventType": "VARCHAR", "notificationType": "VARCHAR",
                "mail": {
                    "timestamp": "VARCHAR", "messageId": "VARCHAR", "destination": ["VARCHAR"],
                    "tags": "MAP(VARCHAR, VARCHAR[])"},
                "bounce": {
                    "timestamp": "VARCHAR", "feedbackId": "VARCHAR", "bounceType": "VARCHAR", "bounceSubType": "VARCHAR",
                    "bouncedRecipients": [
                        {"emailAddress": "VARCHAR", "status": "VARCHAR", "diagnosticCode": "VARCHAR"}]},
                "complaint": {
                    "timestamp": "VARCHAR", "feedbackId": "VARCHAR", "complaintFeedbackType": "VARCHAR",
                    "complaintSubType": "VARCHAR", "complainedRecipients": [{"emailAddress": "VARCHAR"}]},
                "delivery": {"timestamp": "VARCHAR", "recipients": ["VARCHAR"], "smtpResponse": "VARCHAR"},
                "deliveryDelay": {
                    "timestamp": "VARCHAR", "delayType": "VARCHAR", "expirationTime": "VARCHAR",
                    "delayedRecipients": [
                        {"emailAddress": "VARCHAR", "status": "VARCHAR", "diagnosticCode": "VARCHAR"}]},
                "reject": {"reason": "VARCHAR"},
                "failure": {"errorMessage": "VARCHAR"},
                "open": {"timestamp": "VARCHAR"},
                "click": {"timestamp": "VARCHAR", "link": "VARCHAR"},
                "subscription": {
                    "timestamp": "VARCHAR",
                    "newTopicPreferences": {
                        "unsubscribeAll": "VARCHAR",
                        "topicSubscriptionStatus": [{"topicName": "VARCHAR", "subscriptionStatus": "VARCHAR"}]},
                    "oldTopicPreferences": {
                        "unsubscribeAll": "VARCHAR",
                        "topicSubscriptionStatus": [{"topicName": "VARCHAR", "subscriptionStatus": "VARCHAR"}]}}
            }'))
        END AS told
    FROM record
    WHERE told IS NOT NULL
),
named AS (
    SELECT
        *,
        coalesce(told.eventType, told.notificationType) AS written_type,
        lower(replace(written_type, ' ', '')) AS event_type,
        told.mail.destination AS destination,
        len(destination) > 1 AND event_type IN ('open', 'click', 'subscription') AS is_of_anyone,
        -- Kept back by SES before any attempt.
        coalesce(
            event_type = 'bounce'
            AND told.bounce.bounceSubType IN ('Suppressed', 'OnAccountSuppressionList', 'UnsubscribedRecipient'), false)
        OR coalesce(
            event_type = 'complaint' AND told.complaint.complaintSubType = 'OnAccountSuppressionList', false)
            AS is_suppressed
    FROM notified
),
addressed AS (
    SELECT
        *,
        unnest(coalesce(
            nullif(
                list_filter(
                    CASE event_type
                        WHEN 'bounce' THEN told.bounce.bouncedRecipients
                        WHEN 'deliverydelay' THEN told.deliveryDelay.delayedRecipients
                        WHEN 'delivery' THEN ses_recipients(told.delivery.recipients, told.delivery.smtpResponse)
                        WHEN 'complaint'
                            THEN ses_recipients(
                                list_transform(told.complaint.complainedRecipients, lambda each: each.emailAddress), NULL)
                        ELSE CASE WHEN NOT is_of_anyone THEN ses_recipients(destination, told.failure.errorMessage) END
                    END,
                    lambda each: each.emailAddress <> ''),
                []),
            [NULL])) AS affected
    FROM named
),
judged AS (
    SELECT
        *,
        -- What comes back may write the address otherwise, or be of an address that the mail was forwarded to.
        CASE
            WHEN is_of_anyone THEN NULL
            WHEN len(destination) = 1 THEN destination[1]
            ELSE coalesce(
                list_filter(destination, lambda each: lower(each) = lower(affected.emailAddress))[1], affected.emailAddress)
        END AS recipient,
        regexp_extract(affected.status, '^\s*(\d\.\d{1,3}\.\d{1,3})', 1) AS status,
        told.bounce.bounceType = 'Transient' AND (
            told.bounce.bounceSubType = 'CustomTimeoutExceeded' OR status IN ('4.4.7', '5.4.7')
            OR regexp_matches(affected.diagnosticCode, '(^|[^\d.])[45]\.4\.7([^\d]|$)')) AS is_expired
    FROM addressed
)
SELECT
    line,
    CASE
        WHEN is_enveloped AND event_type IS NULL THEN 'ignored'
        WHEN event_type IN ('received', 'amazonsnssubscriptionsucceeded') THEN 'ignored'
        WHEN is_suppressed THEN 'rejected'
        WHEN event_type = 'complaint'
            THEN CASE WHEN told.complaint.complaintFeedbackType = 'not-spam' THEN 'ignored' ELSE 'complained' END
        WHEN event_type = 'bounce' THEN CASE WHEN is_expired THEN 'expired' ELSE 'bounced' END
        WHEN event_type = 'subscription'
            THEN CASE
                WHEN is_yes(told.subscription.newTopicPreferences.unsubscribeAll)
                    OR len(list_filter(
                        told.subscription.newTopicPreferences.topicSubscriptionStatus,
                        lambda topic: topic.subscriptionStatus = 'OptOut' AND NOT list_contains(
                            coalesce(told.subscription.oldTopicPreferences.topicSubscriptionStatus, []), topic))) > 0
                    THEN 'unsubscribed'
                ELSE 'subscribed'
            END
        WHEN event_type = 'send' THEN 'relayed'
        WHEN event_type = 'delivery' THEN 'delivered'
        WHEN event_type = 'deliverydelay' THEN 'deferred'
        WHEN event_type = 'reject' THEN 'rejected'
        WHEN event_type = 'renderingfailure' THEN 'failed'
        WHEN event_type = 'open' THEN 'opened'
        WHEN event_type = 'click' THEN 'clicked'
        ELSE written_type
    END AS kind,
    CASE
        -- Told with a delay, but decided when the mail was sent: so it comes before the Send of that moment.
        WHEN is_suppressed THEN told.mail.timestamp
        ELSE CASE event_type
            WHEN 'bounce' THEN told.bounce.timestamp
            WHEN 'complaint' THEN told.complaint.timestamp
            WHEN 'delivery' THEN told.delivery.timestamp
            WHEN 'deliverydelay' THEN told.deliveryDelay.timestamp
            WHEN 'open' THEN told.open.timestamp
            WHEN 'click' THEN told.click.timestamp
            WHEN 'subscription' THEN told.subscription.timestamp
            ELSE told.mail.timestamp
        END
    END AS event_time,
    coalesce(told.bounce.feedbackId, told.complaint.feedbackId) || ' ' || recipient AS event_id,
    told.mail.messageId AS message_id,
    recipient,
    coalesce(ses_campaign(told.mail.tags), nullif(told.mail.tags['ses:configuration-set'][1], '')) AS delivery_id,
    nullif(regexp_extract(affected.diagnosticCode, '^(?:\w+;)?\s*([245]\d\d)\b', 1), '') AS smtp_code,
    nullif(status, '') AS enhanced_status,
    CASE WHEN NOT is_suppressed THEN
        CASE told.bounce.bounceType WHEN 'Permanent' THEN 'hard' WHEN 'Transient' THEN 'soft' END
    END AS bounce_type,
    coalesce(
        nullif(concat_ws('/', told.bounce.bounceType, told.bounce.bounceSubType), ''),
        told.complaint.complaintSubType, told.complaint.complaintFeedbackType,
        told.deliveryDelay.delayType, told.reject.reason) AS reason,
    affected.diagnosticCode AS diagnostic,
    told.click.link AS url,
    told.deliveryDelay.expirationTime AS expires_at,
    told.mail.timestamp AS queued_at,
    CASE WHEN is_of_anyone THEN 'the record does not say which of its recipients it is about' END AS reject_reason
FROM judged;
