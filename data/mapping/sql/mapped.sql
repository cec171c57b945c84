-- told_event: the events of each row of a foreign table: one by its status, and one by each of its further times. Built from:
-- mapped_row, the variables of mapped_variables.sql.

-- A text without blanks around it; NULL where nothing is left.
CREATE OR REPLACE TEMP MACRO filled(text) AS nullif(trim(text), '');

-- A written time as ISO 8601 or Unix time; NULL where it is not written as the mapping says.
CREATE OR REPLACE TEMP MACRO mapped_time(written) AS
    CASE
        WHEN getvariable('time_format') IS NOT NULL
            THEN strftime(try_strptime(written, getvariable('time_format')), '%Y-%m-%dT%H:%M:%S.%f')
        WHEN ends_with(written, 'UTC') OR ends_with(written, 'GMT') THEN concat(rtrim(left(written, -3)), 'Z')
        ELSE written
    END;

-- Why a written time, which became event_time, cannot be used; NULL where it can.
CREATE OR REPLACE TEMP MACRO problem_of_mapped(written, event_time) AS
    CASE
        WHEN written IS NULL THEN 'the record names no time'
        WHEN event_time IS NULL THEN concat('the time "', written, '" is not written as ', getvariable('time_format'))
        ELSE problem_of_written(event_time, getvariable('timezone'))
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
field AS (
    SELECT
        line,
        filled(told[place.recipient]) AS recipient,
        filled(told[place.event_time]) AS written,
        coalesce(filled(told[place.kind]), '') AS word,
        filled(told[place.message_id]) AS message_id,
        coalesce(filled(told[place.delivery_id]), getvariable('delivery')) AS delivery_id,
        filled(told[place.delivery_label]) AS delivery_label,
        filled(told[place.event_id]) AS event_id,
        filled(told[place.reason]) AS reason,
        filled(told[place.diagnostic]) AS diagnostic,
        filled(told[place.smtp_code]) AS smtp_code,
        filled(told[place.enhanced_status]) AS enhanced_status,
        filled(told[place.bounce_type]) AS bounce_type,
        filled(told[place.url]) AS url,
        mapped_time(filled(told[place.queued_at])) AS queued_at,
        mapped_time(filled(told[place.expires_at])) AS expires_at,
        filled(told[place.test_profile]) AS test_profile,
        place.kind > 0 AS tells_status,
        list_transform(
            getvariable('times'), lambda timed: {'kind': timed.kind, 'written': filled(told[timed.place])}) AS times
    FROM mapped_row, place
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
        tells_status AND kind IS DISTINCT FROM 'ignored' AND (kind IS NOT NULL OR len(times) = 0) AS tells_event,
        list_filter(times, lambda timed: timed.written IS NOT NULL AND timed.kind <> 'ignored') AS filled_times
    FROM field
),
dated AS (
    SELECT
        *,
        list_concat(
            CASE
                WHEN tells_event
                    THEN [{'kind': kind, 'written': written, 'event_time': mapped_time(written), 'by_status': true}]
                ELSE []
            END,
            list_transform(
                filled_times,
                lambda timed: {
                    'kind': timed.kind, 'written': timed.written, 'event_time': mapped_time(timed.written),
                    'by_status': false})) AS events
    FROM meant
),
judged AS (
    SELECT
        *,
        list_filter(events, lambda each: problem_of_mapped(each.written, each.event_time) IS NOT NULL) AS unusable
    FROM dated
),
-- A row is used wholly or not at all: where one of its times cannot be used, that one is told alone.
told AS (
    SELECT
        * EXCLUDE (kind, written, events, unusable),
        unnest(coalesce(nullif(unusable, []), events)) AS event
    FROM judged
)
SELECT
    line, event.kind AS kind, event.event_time AS event_time, recipient, message_id, delivery_id, delivery_label,
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
    -- All other faults are found where the event is completed.
    CASE
        WHEN event.kind IS NOT NULL AND event.written IS NOT NULL AND event.event_time IS NULL
            THEN problem_of_mapped(event.written, event.event_time)
    END AS reject_reason
FROM told,
    LATERAL (
        SELECT
            coalesce(event.kind IN ('rejected', 'deferred', 'bounced', 'expired', 'failed', 'cancelled'), false) AS fails
    );
