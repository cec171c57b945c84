-- told_event: one row per delivery-log or tracking-log event. Built from: record. getvariable('efs'): whether "sent" is the
-- receiving server's word, and a temporary failure no last one.

CREATE OR REPLACE TEMP MACRO xdm_given(full_name, short_name) AS nullif(coalesce(full_name, short_name), '');

-- A word as it is compared: in lower case, without what stands between its parts.
CREATE OR REPLACE TEMP MACRO xdm_plain(word) AS translate(lower(word), ' _-', '');

-- What a plain reason says of a failure.
CREATE OR REPLACE TEMP MACRO xdm_failure_kind(reason, message) AS
    CASE
        WHEN reason = 'expired' OR coalesce(contains(message, '5.4.7 '), false) THEN 'expired'
        WHEN reason IN ('invaliddomain', 'mailboxfull', '2', '5')
            THEN CASE WHEN getvariable('efs') THEN 'deferred' ELSE 'expired' END
        ELSE 'bounced'
    END;

-- What a plain status says; NULL where it is none that is known.
CREATE OR REPLACE TEMP MACRO xdm_status_kind(status, reason, message) AS
    CASE
        WHEN status IN ('sent', '1') THEN CASE WHEN getvariable('efs') THEN 'delivered' ELSE 'relayed' END
        WHEN status IN ('failed', '2') THEN xdm_failure_kind(reason, message)
        WHEN status IN ('pending', '6') THEN CASE WHEN getvariable('efs') THEN 'relayed' ELSE 'targeted' END
        WHEN starts_with(status, 'takenintoaccount') THEN 'relayed'
        WHEN status = 'prepared' THEN 'targeted'
        WHEN status = 'ignored' THEN 'rejected'
        WHEN status IN ('canceled', 'cancelled', 'deliverycanceled', 'deliverycancelled', 'notapplicable', '7')
            THEN 'cancelled'
    END;

-- What an event of a tracking log says: the link 1 is the opening.
CREATE OR REPLACE TEMP MACRO xdm_tracking_kind(event_type, url) AS
    CASE
        WHEN event_type = 'directMarketing.emailOpened' OR (event_type IS NULL AND url = '1') THEN 'opened'
        WHEN event_type = 'directMarketing.emailClicked' OR (event_type IS NULL AND url IS NOT NULL) THEN 'clicked'
        WHEN event_type = 'directMarketing.emailUnsubscribed' THEN 'unsubscribed'
        ELSE event_type
    END;

CREATE OR REPLACE TEMP VIEW xdm_event AS
WITH named AS (SELECT line, told, told._experience.campaign AS short FROM record WHERE told IS NOT NULL)
SELECT
    line,
    xdm_given(told._id, told."@id") AS event_id,
    xdm_given(told.timestamp, told."xdm:timestamp") AS event_time,
    xdm_given(told.eventType, told."xdm:eventType") AS event_type,
    xdm_given(told."https://ns.adobe.com/experience/campaign/broadlogID", short.broadlogID) AS log_id,
    xdm_given(told."https://ns.adobe.com/experience/campaign/trackinglogID", short.trackinglogID) AS tracking_id,
    xdm_given(told."https://ns.adobe.com/experience/campaign/deliveryID", short.deliveryID) AS delivery_id,
    xdm_given(told."https://ns.adobe.com/experience/campaign/deliveryLabel", short.deliveryLabel) AS delivery_label,
    xdm_given(told."https://ns.adobe.com/experience/campaign/deliveryName", short.deliveryName) AS delivery_name,
    xdm_given(told."https://ns.adobe.com/experience/campaign/recipientID", short.recipientID) AS recipient_id,
    xdm_given(told."https://ns.adobe.com/experience/campaign/externalID", short.externalID) AS external_id,
    xdm_given(told."https://ns.adobe.com/experience/campaign/status", short.status) AS status,
    xdm_given(told."https://ns.adobe.com/experience/campaign/reason", short.reason) AS reason,
    xdm_given(told."https://ns.adobe.com/experience/campaign/reasonMessage", short.reasonMessage) AS reason_message,
    xdm_given(told."https://ns.adobe.com/experience/campaign/controlGroupMember", short.controlGroupMember) AS is_control,
    xdm_given(told."https://ns.adobe.com/experience/campaign/seedMember", short.seedMember) AS is_seed,
    xdm_given(told."https://ns.adobe.com/experience/campaign/proofMember", short.proofMember) AS is_proof,
    xdm_given(told."https://ns.adobe.com/experience/campaign/url", short.url) AS url
FROM named;

CREATE OR REPLACE TEMP VIEW told_event AS
SELECT
    line,
    CASE
        WHEN tracking_id IS NOT NULL THEN xdm_tracking_kind(event_type, url)
        WHEN is_yes(is_control) THEN 'rejected'
        WHEN status IS NULL THEN xdm_tracking_kind(event_type, NULL)
        ELSE coalesce(xdm_status_kind(xdm_plain(status), xdm_plain(reason), reason_message), status)
    END AS kind,
    event_time,
    coalesce(event_id, tracking_id) AS event_id,
    log_id AS message_id,
    coalesce(recipient_id, external_id) AS recipient,
    -- The sending log names the delivery of what the tracking log tells.
    CASE WHEN tracking_id IS NULL THEN coalesce(delivery_id, getvariable('delivery')) ELSE delivery_id END AS delivery_id,
    coalesce(delivery_label, delivery_name) AS delivery_label,
    CASE
        WHEN kind = 'rejected' AND is_yes(is_control) THEN 'Control group'
        WHEN kind IN ('bounced', 'deferred', 'expired', 'rejected') AND xdm_plain(reason) NOT IN ('undefined', 'notdefined', '0')
            THEN reason
    END AS reason,
    CASE WHEN kind IN ('bounced', 'deferred', 'expired') THEN reason_message END AS diagnostic,
    CASE WHEN kind = 'clicked' THEN url END AS url,
    is_yes(is_seed) OR is_yes(is_proof) AS test_profile
FROM xdm_event;
