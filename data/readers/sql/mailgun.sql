-- told_event: one row per Mailgun event, posted by a webhook ("event-data") or listed by the Events API (as it is). Built
-- from: record.
CREATE OR REPLACE TEMP VIEW told_event AS
WITH plain_event AS (
    SELECT line, unnest(told) FROM record WHERE told."event-data" IS NULL AND told IS NOT NULL
    UNION ALL BY NAME
    SELECT line, unnest(told."event-data") FROM record WHERE told."event-data" IS NOT NULL
),
read_event AS (
    SELECT
        *,
        lower(event) AS event_name,
        lower(reason) AS failure,
        try_cast("delivery-status".code AS INTEGER) AS code,
        nullif(translate(message.headers."message-id", '<>', ''), '') AS header_id,
        coalesce(nullif("delivery-status".message, ''), nullif("delivery-status".description, '')) AS reply
    FROM plain_event
)
SELECT
    line,
    CASE
        WHEN event_name = 'accepted' THEN 'relayed'
        WHEN event_name = 'failed' AND lower(severity) = 'temporary' THEN 'deferred'
        -- A failure that says neither is not known.
        WHEN event_name = 'failed' AND lower(severity) IS DISTINCT FROM 'permanent'
            THEN concat('failed: ', coalesce(severity, 'no severity'))
        -- 605 to 607: kept from an address that bounced, unsubscribed or complained before. 602: too old.
        WHEN event_name = 'failed' AND (starts_with(failure, 'suppress-') OR code BETWEEN 605 AND 607) THEN 'rejected'
        WHEN event_name = 'failed' AND (failure = 'old' OR code = 602 OR lower(reply) = 'too old') THEN 'expired'
        WHEN event_name = 'failed' THEN 'bounced'
        WHEN event_name IN ('stored', 'list_member_uploaded', 'list_member_upload_error', 'list_uploaded') THEN 'ignored'
        ELSE event
    END AS kind,
    timestamp AS event_time,
    -- The id is unique within a day only.
    CASE WHEN id <> '' THEN concat(id, ' ', split_part(timestamp, '.', 1)) END AS event_id,
    header_id AS message_id,
    coalesce(
        nullif(recipient, ''),
        -- What is rejected names only whom it was addressed to, with the name; that is a recipient if it is one address.
        CASE
            WHEN event_name = 'rejected' AND length(message.headers."to") - length(replace(message.headers."to", '@', '')) = 1
                THEN nullif(regexp_extract(message.headers."to", '[^\s<>,;"]+@[^\s<>,;"]+'), '')
        END) AS recipient,
    first_listed(tags) AS delivery_id,
    "delivery-status"."attempt-no" AS attempt,
    CASE WHEN code BETWEEN 200 AND 599 THEN code::VARCHAR END AS smtp_code,
    nullif("delivery-status"."enhanced-code", '') AS enhanced_status,
    CASE WHEN kind = 'bounced' AND lower("delivery-status"."bounce-type") IN ('hard', 'soft')
        THEN "delivery-status"."bounce-type" END AS bounce_type,
    CASE WHEN kind = 'bounced' AND is_yes(flags."is-delayed-bounce") THEN 'out_of_band' END AS phase,
    coalesce(nullif(reason, ''), nullif(reject.reason, '')) AS reason,
    coalesce(reply, nullif(reject.description, '')) AS diagnostic,
    url,
    flags."is-test-mode" AS test_profile
FROM read_event;
