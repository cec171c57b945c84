-- told_event: one row per line of a Momentum log. Built from: momentum_line.
CREATE OR REPLACE TEMP VIEW told_event AS
-- The type is the fifth field, but the third in the log of complaints; told: the fields behind it.
WITH typed AS (
    SELECT
        line, fields[1] AS written_at, fields[2] AS spool_id,
        CASE WHEN fields[3] = 'F' THEN 'F' ELSE nullif(fields[5], '') END AS type,
        CASE WHEN fields[3] = 'F' THEN fields[4:] ELSE fields[6:] END AS told,
        -- Lines of the log of rejections, which are not delimited: messages that were never taken.
        regexp_matches(fields[1], '^\d{10,16}: ') AS is_rejection
    FROM momentum_line
    WHERE fields IS NOT NULL
),
-- The log of bounces names the recipient where the main log has the domain and the bytes transferred.
placed AS (
    SELECT
        *,
        type = 'B' OR (type = 'T' AND NOT regexp_full_match(coalesce(told[2], ''), '\d*')) AS is_of_bounces,
        type IN ('T', 'P', 'D') AND NOT is_of_bounces AS is_of_main,
        is_of_bounces OR type IN ('R', 'F') AS names_recipient
    FROM typed
),
worded AS (
    SELECT
        line, written_at, spool_id, type, told, is_rejection, is_of_main,
        CASE WHEN names_recipient AND told[1] <> '' AND told[2] <> '' THEN concat(told[1], '@', told[2]) END AS recipient,
        CASE WHEN is_of_bounces THEN nullif(told[8], '') WHEN type = 'F' THEN nullif(told[5], '') END AS reason,
        is_of_bounces AND told[7] = '21' AS is_late,
        -- The text is the last field; an "@" that is not escaped is part of it.
        CASE
            WHEN is_of_bounces THEN nullif(array_to_string(told[11:], '@'), '')
            WHEN type IN ('T', 'P') THEN nullif(array_to_string(told[9:], '@'), '')
        END AS diagnostic,
        CASE WHEN type = 'D' THEN told[5] WHEN is_of_main THEN told[6] END AS retries,
        CASE WHEN type = 'D' THEN told[6] WHEN is_of_main THEN told[7] END AS seconds_queued,
        -- Bounces and reports that come in, and those that Momentum sends, are received like messages.
        type = 'R' AND ((told[3] = '' AND told[4] = '') OR told[7] = 'internal') AS is_notification
    FROM placed
),
told_kind AS (
    SELECT
        *,
        CASE
            WHEN is_rejection OR is_notification OR type IN ('M', 'M1', 'X') THEN 'ignored'
            WHEN type = 'R' THEN 'relayed'
            WHEN type = 'D' THEN 'delivered'
            WHEN type = 'T' THEN 'deferred'
            WHEN type = 'F' THEN 'complained'
            WHEN type IS NULL OR type NOT IN ('P', 'B') THEN type
            WHEN NOT is_late AND starts_with(diagnostic, '554 5.4.7') THEN 'expired'
            WHEN reason IN ('60', '100') THEN 'autoresponded'
            WHEN reason = '80' THEN 'subscribed'
            WHEN reason = '90' THEN 'unsubscribed'
            WHEN NOT is_late AND reason = '24' THEN 'expired'
            ELSE 'bounced'
        END AS kind
    FROM worded
)
SELECT
    line, kind, written_at AS event_time,
    -- Both logs tell of one failure. A message fails for good once, and for now once a second at most.
    CASE
        WHEN is_late THEN NULL
        WHEN kind IN ('bounced', 'expired') THEN concat(spool_id, ' failed')
        WHEN kind = 'deferred' THEN concat(spool_id, ' deferred ', left(written_at, 10))
    END AS event_id,
    -- What comes in from outside has an id of its own: the message is the last one to that recipient.
    CASE WHEN recipient IS NULL OR NOT (is_late OR type = 'F') THEN nullif(spool_id, '') END AS message_id,
    recipient,
    CASE WHEN type = 'R' THEN getvariable('delivery') END AS delivery_id,
    (try_cast(retries AS USMALLINT)::INTEGER + 1)::VARCHAR AS attempt,
    nullif(regexp_extract(diagnostic, '^([245]\d\d)(?:[ -]|$)', 1), '') AS smtp_code,
    nullif(regexp_extract(diagnostic, '^[245]\d\d[ -]([245]\.\d{1,3}\.\d{1,3})\b', 1), '') AS enhanced_status,
    CASE WHEN kind = 'bounced' THEN CASE WHEN is_late THEN 'out_of_band' ELSE 'in_band' END END AS phase,
    reason, diagnostic,
    -- Seconds since the reception, as Unix time in microseconds.
    (epoch_us(utc_of_unix(written_at)) - (try_cast(seconds_queued AS DECIMAL(10, 3)) * 1000000)::BIGINT)::VARCHAR
        AS queued_at
FROM told_kind;
