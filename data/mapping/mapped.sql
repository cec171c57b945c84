-- told_event: the events of each row of a foreign table: one by its status, and one by each of its further times. Built from:
-- mapped_row, the variables of mapped_variables.sql.

-- A written time as ISO 8601 or Unix time; one that is not written as the mapping says stays as it is.
CREATE OR REPLACE TEMP MACRO mapped_time(written) AS
    CASE
        WHEN getvariable('time_format') IS NULL THEN regexp_replace(written, ' ?(UTC|GMT)$', 'Z')
        ELSE coalesce(
            strftime(try_strptime(written, getvariable('time_format')), '%Y-%m-%dT%H:%M:%S.%f'), written)
    END;

-- Why a written time cannot be used; NULL where it can.
CREATE OR REPLACE TEMP MACRO problem_of_mapped_time(written) AS
    CASE
        WHEN written IS NULL THEN 'the record names no time'
        WHEN getvariable('time_format') IS NOT NULL AND try_strptime(written, getvariable('time_format')) IS NULL
            THEN concat('the time "', written, '" is not written as ', getvariable('time_format'))
        ELSE problem_of_written(mapped_time(written), getvariable('timezone'))
    END;

-- Hard, soft, block or admin, where a source says so in its own words.
CREATE OR REPLACE TEMP MACRO bounce_type_in(word) AS
    CASE
        WHEN regexp_matches(word, '^(hard|permanent)', 'i') THEN 'hard'
        WHEN regexp_matches(word, '^(soft|transient|temporary)', 'i') THEN 'soft'
        WHEN regexp_matches(word, '^block', 'i') THEN 'block'
        WHEN regexp_matches(word, '^admin', 'i') THEN 'admin'
    END;

CREATE OR REPLACE TEMP VIEW told_event AS
WITH place AS (SELECT unnest(getvariable('places'))),
trimmed_row AS (
    SELECT line, list_transform(told, lambda text: nullif(trim(text), '')) AS told
    FROM mapped_row
),
field AS (
    SELECT
        line, told,
        told[place.recipient] AS recipient,
        told[place.event_time] AS event_time,
        coalesce(told[place.kind], '') AS word,
        CASE WHEN place.message_id = 0 THEN told[place.recipient] ELSE told[place.message_id] END AS message_id,
        coalesce(told[place.delivery_id], getvariable('delivery')) AS delivery_id,
        told[place.delivery_label] AS delivery_label,
        told[place.event_id] AS event_id,
        told[place.reason] AS reason,
        told[place.diagnostic] AS diagnostic,
        told[place.smtp_code] AS smtp_code,
        told[place.enhanced_status] AS enhanced_status,
        told[place.bounce_type] AS bounce_type,
        told[place.url] AS url,
        mapped_time(told[place.queued_at]) AS queued_at,
        mapped_time(told[place.expires_at]) AS expires_at,
        told[place.test_profile] AS test_profile,
        place.kind > 0 AS tells_status
    FROM trimmed_row, place
),
-- by_status: the event that the status tells; none where it is empty beside further times, which then tell all.
meant AS (
    SELECT
        *,
        getvariable('meanings')[lower(word)] AS meaning,
        CASE
            WHEN meaning IS NOT NULL THEN meaning
            WHEN word <> '' THEN 'unknown'
        END AS kind,
        tells_status AND kind IS DISTINCT FROM 'ignored' AND (kind IS NOT NULL OR len(getvariable('times')) = 0)
            AS tells_event
    FROM field
),
listed AS (
    SELECT
        *,
        list_concat(
            CASE
                WHEN tells_event
                    THEN [{
                        'kind': kind, 'written': event_time, 'by_status': true,
                        'problem': problem_of_mapped_time(event_time)}]
                ELSE []
            END,
            list_transform(
                list_filter(
                    getvariable('times'), lambda timed: told[timed.place] IS NOT NULL AND timed.kind <> 'ignored'),
                lambda timed: {
                    'kind': timed.kind, 'written': told[timed.place], 'by_status': false,
                    'problem': problem_of_mapped_time(told[timed.place])})) AS events
    FROM meant
),
-- A row is used wholly or rejected once.
told AS (
    SELECT
        * EXCLUDE (events, kind, event_time),
        unnest(CASE
            WHEN recipient IS NULL OR message_id IS NULL THEN events[:1]
            ELSE coalesce(
                nullif(list_filter(events, lambda event: event.problem IS NOT NULL)[:1], []), events)
        END) AS event
    FROM listed
)
SELECT
    line, event.kind AS kind, mapped_time(event.written) AS event_time, recipient, message_id, delivery_id, delivery_label,
    -- What tells of a failure, and of a click, is told of no other event of the row.
    CASE WHEN event.by_status THEN event_id END AS event_id,
    CASE
        WHEN event.by_status AND meaning IS NULL THEN word
        WHEN event.by_status OR fails THEN reason
    END AS reason,
    CASE WHEN event.by_status OR fails THEN diagnostic END AS diagnostic,
    CASE WHEN event.by_status OR fails THEN smtp_code END AS smtp_code,
    CASE WHEN event.by_status OR fails THEN enhanced_status END AS enhanced_status,
    CASE WHEN fails THEN coalesce(bounce_type_in(bounce_type), bounce_type_in(word)) END AS bounce_type,
    CASE WHEN event.by_status OR event.kind = 'clicked' THEN url END AS url,
    queued_at, expires_at, test_profile,
    CASE WHEN event.kind IS NOT NULL THEN event.problem END AS reject_reason
FROM told,
    LATERAL (SELECT coalesce(event.kind IN ('rejected', 'deferred', 'bounced', 'expired', 'failed', 'cancelled'), false) AS fails);
