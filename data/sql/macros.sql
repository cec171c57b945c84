-- How texts of a log become times. Temporary: they live as long as the cursor.

-- Whether a written time says its own zone: Z, or an offset behind the time of day.
CREATE OR REPLACE TEMP MACRO tells_zone(written) AS
    ends_with(written, 'Z') OR regexp_matches(written, ':\d{2}([.,]\d+)?\s*([zZ]|[+-]\d{2}(:?\d{2})?)\s*$');

-- A written time without what DuckDB does not expect: blanks around it or before the zone, a decimal comma.
CREATE OR REPLACE TEMP MACRO tidied_iso(written) AS
    upper(replace(regexp_replace(trim(written), '\s+([zZ]|[+-]\d{2}(:?\d{2})?)$', '\1'), ',', '.'));

-- Whether a tidied time is ISO 8601 and nothing else: DuckDB's casts overlook what stands behind a time.
CREATE OR REPLACE TEMP MACRO is_iso(tidied) AS
    regexp_full_match(
        tidied, '(19[7-9]|2[01]\d)\d-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}(:?\d{2})?)?)?');

-- A local time in a named zone as UTC.
CREATE OR REPLACE TEMP MACRO utc_of_local(local_time, zone) AS timezone('UTC', timezone(zone, local_time));

-- Whether the clocks of the zone skip that local time (daylight saving begins).
CREATE OR REPLACE TEMP MACRO is_skipped(local_time, zone) AS timezone(zone, timezone(zone, local_time)) <> local_time;

-- The time as UTC where it is written as most logs write it, to the second and ending in Z or an offset, or with decimals
-- and Z: many times faster than the general way. The form that fits comes first: one that does not costs eight times as much.
CREATE OR REPLACE TEMP MACRO plain_utc(written) AS
    CASE
        WHEN NOT written BETWEEN '1970' AND '22' THEN NULL
        WHEN NOT ends_with(written, 'Z') THEN
            CASE
                WHEN written LIKE '____-__-__ __:__:__+__%'
                    THEN timezone('UTC', try_strptime(written, '%Y-%m-%d %H:%M:%S%z'))
                WHEN written LIKE '____-__-__T__:__:__+__%'
                    THEN timezone('UTC', try_strptime(written, '%Y-%m-%dT%H:%M:%S%z'))
            END
        WHEN length(written) = 20 THEN try_strptime(written, ['%Y-%m-%dT%H:%M:%SZ', '%Y-%m-%dT%H:%M:%S.%fZ'])
        ELSE try_strptime(written, ['%Y-%m-%dT%H:%M:%S.%fZ', '%Y-%m-%dT%H:%M:%SZ'])
    END;

-- An ISO 8601 time as UTC; one without a zone is local to the given zone. NULL where it is no time.
CREATE OR REPLACE TEMP MACRO utc_of_iso(written, zone) AS
    CASE
        WHEN plain_utc(written) IS NOT NULL THEN plain_utc(written)
        WHEN NOT is_iso(tidied_iso(written)) THEN NULL
        WHEN tells_zone(written) THEN timezone('UTC', try_cast(tidied_iso(written) AS TIMESTAMPTZ))
        ELSE utc_of_local(try_cast(tidied_iso(written) AS TIMESTAMP), zone)
    END;

-- Why an ISO 8601 time cannot be used; NULL where it can, or where there is none.
CREATE OR REPLACE TEMP MACRO problem_of_iso(name, written, zone) AS
    CASE
        WHEN written IS NULL OR plain_utc(written) IS NOT NULL THEN NULL
        WHEN utc_of_iso(written, zone) IS NULL
            THEN concat(name, ' "', written, '" is no date and time (ISO 8601, 1970 to 2199, is read)')
        WHEN NOT tells_zone(written) AND is_skipped(try_cast(tidied_iso(written) AS TIMESTAMP), zone)
            THEN concat(name, ' "', written, '" does not exist in ', zone, ': the clocks skip it')
    END;

-- Unix time in seconds, milliseconds or microseconds, whole or with decimals, as UTC. NULL where it is none.
CREATE OR REPLACE TEMP MACRO utc_of_unix(written) AS
    CASE
        WHEN regexp_full_match(written, '\d{9,10}(\.\d+)?')
            THEN make_timestamp(round(try_cast(written AS DOUBLE) * 1000000)::BIGINT)
        WHEN regexp_full_match(written, '\d{12,13}') THEN make_timestamp(try_cast(written AS BIGINT) * 1000)
        WHEN regexp_full_match(written, '\d{15,16}') THEN make_timestamp(try_cast(written AS BIGINT))
    END;

-- Whether a time is written as a number.
CREATE OR REPLACE TEMP MACRO is_number(written) AS written BETWEEN '0' AND ':' AND NOT contains(written, '-');

-- A time written as ISO 8601 or as Unix time, as UTC.
CREATE OR REPLACE TEMP MACRO utc_of_written(written, zone) AS
    CASE WHEN is_number(written) THEN utc_of_unix(written) ELSE utc_of_iso(written, zone) END;

-- Whether such a time is a moment whatever the zone.
CREATE OR REPLACE TEMP MACRO tells_moment(written) AS is_number(written) OR tells_zone(written);

-- Why such a time cannot be used; NULL where it can, or where there is none.
CREATE OR REPLACE TEMP MACRO problem_of_written(written, zone) AS
    CASE
        WHEN is_number(written) AND utc_of_unix(written) IS NULL THEN concat('the time "', written, '" is no Unix time')
        WHEN NOT is_number(written) THEN problem_of_iso('the time', written, zone)
    END;

-- Why a whole number cannot be used; NULL where it can, or where there is none.
CREATE OR REPLACE TEMP MACRO problem_of_number(name, written) AS
    CASE
        WHEN written IS NULL OR try_cast(written AS USMALLINT)::VARCHAR = written THEN NULL
        WHEN (try_cast(written AS INTEGER) IS NULL OR NOT regexp_full_match(trim(written), '[+-]?\d+'))
            THEN concat(name, ' "', written, '" is no whole number')
    END;

-- Why one of the canonical columns (all texts) makes an event unusable; NULL where none does.
CREATE OR REPLACE TEMP MACRO problem_of_event(
    kind, event_time, message_id, recipient, delivery_id, attempt, smtp_code, expires_at, queued_at, zone) AS
    CASE
        WHEN kind IS NULL THEN 'kind is empty'
        WHEN event_time IS NULL THEN 'event_time is empty'
        WHEN message_id IS NULL THEN 'message_id is empty'
        WHEN recipient IS NULL THEN 'recipient is empty'
        WHEN delivery_id IS NULL THEN 'delivery_id is empty'
        ELSE coalesce(
            problem_of_iso('event_time', event_time, zone),
            problem_of_number('attempt', attempt), problem_of_number('smtp_code', smtp_code),
            problem_of_iso('expires_at', expires_at, zone), problem_of_iso('queued_at', queued_at, zone))
    END;

-- A canonical kind by its name; what is not one is unknown, and keeps its name as the reason.
CREATE OR REPLACE TEMP MACRO kind_named(name) AS coalesce(try_cast(lower(trim(name)) AS kind), 'unknown'::kind);

-- Yes and no as they are written in logs.
CREATE OR REPLACE TEMP MACRO is_yes(written) AS lower(trim(written)) IN ('true', 'yes', '1', 't', 'y');

-- Whether a text of a JSON log was an object or a list there.
CREATE OR REPLACE TEMP MACRO is_nested(text) AS (starts_with(text, '{') OR starts_with(text, '[')) AND json_valid(text);

-- The first of the values that a text of a JSON log lists, or the text itself where it is no list. NULL where it is empty.
CREATE OR REPLACE TEMP MACRO first_listed(text) AS
    nullif(trim(CASE WHEN starts_with(text, '[') AND json_valid(text) THEN text ->> '$[0]' ELSE text END), '');
