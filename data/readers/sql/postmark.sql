-- told_event: one row per Postmark webhook record. Built from: record.
CREATE OR REPLACE TEMP VIEW told_event AS
WITH read_event AS (
    SELECT
        line, told,
        lower(told."RecordType") AS record_type,
        lower(told."Type") AS type,
        lower(told."SuppressionReason") AS suppression,
        coalesce(is_yes(told."SuppressSending"), false) AS is_suppressed,
        type = 'hardbounce' OR (is_suppressed AND suppression = 'hardbounce') AS is_hard_bounce,
        nullif(told."MessageID", '') AS message_id,
        coalesce(nullif(told."Recipient", ''), nullif(told."Email", '')) AS recipient
    FROM record
    WHERE told IS NOT NULL
)
SELECT
    line,
    CASE
        WHEN record_type = 'delivery' THEN 'delivered'
        WHEN record_type = 'open' THEN 'opened'
        WHEN record_type = 'click' THEN 'clicked'
        WHEN record_type = 'spamcomplaint' THEN 'complained'
        WHEN record_type = 'inbound' THEN 'ignored'
        WHEN record_type = 'subscriptionchange' THEN CASE
            WHEN NOT is_suppressed THEN 'subscribed'
            WHEN suppression = 'manualsuppression' THEN 'unsubscribed'
            WHEN suppression = 'hardbounce' THEN 'bounced'
            WHEN suppression = 'spamcomplaint' THEN 'complained'
            ELSE told."SuppressionReason"
        END
        WHEN record_type IS DISTINCT FROM 'bounce' THEN told."RecordType"
        WHEN type IN ('hardbounce', 'softbounce', 'virusnotification', 'unknown') THEN 'bounced'
        WHEN type IN ('transient', 'dnserror', 'openrelaytest') THEN 'deferred'
        WHEN type IN ('bademailaddress', 'manuallydeactivated', 'blocked', 'dmarcpolicy', 'unconfirmed') THEN 'rejected'
        WHEN type IN ('smtpapierror', 'templaterenderingfailed') THEN 'failed'
        WHEN type IN ('autoresponder', 'addresschange', 'challengeverification') THEN 'autoresponded'
        WHEN type IN ('spamnotification', 'spamcomplaint') THEN 'complained'
        WHEN type IN ('unsubscribe', 'manualsuppression') THEN 'unsubscribed'
        WHEN type = 'subscribe' THEN 'subscribed'
        WHEN type = 'inbounderror' THEN 'ignored'
        ELSE coalesce(told."Type", 'Bounce without a type')
    END AS kind,
    -- Seven decimals are written, one more than a time has here.
    regexp_replace(
        CASE record_type
            WHEN 'delivery' THEN told."DeliveredAt"
            WHEN 'bounce' THEN told."BouncedAt"
            WHEN 'spamcomplaint' THEN told."BouncedAt"
            WHEN 'subscriptionchange' THEN told."ChangedAt"
            ELSE told."ReceivedAt"
        END, '(\.\d{6})\d+', '\1') AS event_time,
    -- Only bounces and complaints have an id. A hard bounce is told twice, by its own record and by the suppression that
    -- follows it.
    CASE
        WHEN is_hard_bounce THEN concat('HardBounce ', message_id, ' ', recipient)
        WHEN record_type IN ('bounce', 'spamcomplaint') AND told."ID" <> '' THEN concat(record_type, ' ', told."ID")
    END AS event_id,
    message_id, recipient,
    -- A record may leave out the tag of its message; one that has it empty says that there is none.
    coalesce(nullif(told."Tag", ''), CASE WHEN told."Tag" = '' THEN nullif(told."MessageStream", '') END) AS delivery_id,
    CASE
        WHEN is_hard_bounce THEN 'hard'
        WHEN type = 'softbounce' THEN 'soft'
    END AS bounce_type,
    CASE
        WHEN record_type = 'bounce' THEN told."Type"
        WHEN record_type = 'subscriptionchange' THEN told."SuppressionReason"
    END AS reason,
    CASE WHEN record_type IN ('delivery', 'bounce', 'spamcomplaint')
        THEN coalesce(nullif(told."Details", ''), nullif(told."Description", '')) END AS diagnostic,
    nullif(regexp_extract(diagnostic, '^\s*(?:smtp;\s*)?([245]\d\d)\b', 1), '') AS smtp_code,
    told."OriginalLink" AS url
FROM read_event;
