-- told_event: one row per SendGrid event. Built from: record.
CREATE OR REPLACE TEMP VIEW told_event AS
WITH read_event AS (
    SELECT
        line, told,
        lower(told.event) AS event,
        lower(told.type) AS type,
        nullif(told.bounce_classification, '') AS classification,
        coalesce(nullif(told.marketing_campaign_id, ''), nullif(told.singlesend_id, '')) AS campaign_id,
        -- What SendGrid says itself when the 72 hours are over; "expired" in the reply of a host means something else.
        coalesce(lower(told.type) = 'expired', false)
            OR coalesce(told.status IN ('4.4.7', '5.4.7'), false)
            OR coalesce(
                regexp_matches(told.reason, '(?i)\bexpired\b|longer than 72 hours')
                    AND NOT regexp_matches(told.reason, '^\s*[245]\d\d\b'), false) AS is_expired
    FROM record
    WHERE told IS NOT NULL
)
SELECT
    line,
    CASE
        WHEN event = 'processed' THEN 'relayed'
        WHEN event IN ('bounce', 'dropped') AND is_expired THEN 'expired'
        WHEN event = 'bounce' THEN 'bounced'
        WHEN event = 'dropped' THEN 'rejected'
        WHEN event = 'open' THEN 'opened'
        WHEN event = 'click' THEN 'clicked'
        WHEN event = 'spamreport' THEN 'complained'
        WHEN event IN ('unsubscribe', 'group_unsubscribe') THEN 'unsubscribed'
        WHEN event = 'group_resubscribe' THEN 'subscribed'
        WHEN event = 'account_status_change' THEN 'ignored'
        ELSE told.event
    END AS kind,
    told.timestamp AS event_time,
    nullif(told.sg_event_id, '') AS event_id,
    -- What follows names the server that took the message in.
    nullif(regexp_replace(told.sg_message_id, '\.(filter|recvd).*$', ''), '') AS message_id,
    nullif(told.email, '') AS recipient,
    coalesce(campaign_id, first_listed(told.category)) AS delivery_id,
    CASE
        WHEN campaign_id IS NOT NULL
            THEN coalesce(nullif(told.marketing_campaign_name, ''), nullif(told.singlesend_name, ''))
    END AS delivery_label,
    told.attempt AS attempt,
    CASE
        WHEN event <> 'bounce' OR is_expired THEN NULL
        WHEN type = 'blocked' THEN 'block'
        WHEN type = 'bounce' AND coalesce(lower(classification), 'unclassified') = 'unclassified' THEN 'hard'
    END AS bounce_type,
    CASE WHEN event = 'bounce' AND nullif(told.sg_message_id, '') IS NULL THEN 'out_of_band' END AS phase,
    CASE
        WHEN event = 'dropped' THEN coalesce(nullif(told.reason, ''), told.type)
        WHEN event = 'bounce' THEN classification
    END AS reason,
    nullif(CASE WHEN event = 'bounce' THEN told.reason ELSE told.response END, '') AS diagnostic,
    nullif(regexp_extract(diagnostic, '^\s*([245]\d\d)\b', 1), '') AS smtp_code,
    nullif(told.status, '') AS enhanced_status,
    told.url AS url
FROM read_event;
