-- staged_event: one row per line of a Sendlog event NDJSON. Built from: the file.
TRUNCATE staged_event;

INSERT INTO staged_event BY NAME
WITH record AS (
    SELECT coalesce(record_line::BIGINT, place) AS line, text, CASE WHEN json_valid(text) THEN text::JSON END AS told
    FROM (
        SELECT row_number() OVER () + $header_lines AS place, *
        FROM read_csv(
            $path, auto_detect = false, header = false, delim = $delimiter, quote = $quote, escape = $quote,
            columns = $columns, max_line_size = $max_line_bytes)
        UNION ALL BY NAME
        (SELECT NULL::VARCHAR AS record_line, NULL::VARCHAR AS text LIMIT 0)
    )
    WHERE trim(text) <> ''
),
event_text AS (
    SELECT
        line, told IS NULL OR json_type(told) <> 'OBJECT' AS is_broken, contains(text, '\u0000') AS holds_nul,
        json_text(told, '$.kind') AS kind,
        json_text(told, '$.event_time') AS event_time,
        json_text(told, '$.event_id') AS event_id,
        json_text(told, '$.message_id') AS message_id,
        json_text(told, '$.recipient') AS recipient,
        json_text(told, '$.delivery_id') AS delivery_id,
        json_text(told, '$.delivery_label') AS delivery_label,
        json_text(told, '$.attempt') AS attempt,
        json_text(told, '$.smtp_code') AS smtp_code,
        json_text(told, '$.enhanced_status') AS enhanced_status,
        json_text(told, '$.bounce_type') AS bounce_type,
        json_text(told, '$.phase') AS phase,
        json_text(told, '$.reason') AS reason,
        json_text(told, '$.diagnostic') AS diagnostic,
        json_text(told, '$.url') AS url,
        json_text(told, '$.expires_at') AS expires_at,
        json_text(told, '$.queued_at') AS queued_at,
        told ->> '$.test_profile' AS test_profile
    FROM record
)
SELECT
    $source_id AS source_id,
    line,
    kind_named(kind) AS kind,
    utc_of_iso(event_time, $timezone) AS event_time,
    event_id, message_id, recipient, delivery_id, delivery_label,
    try_cast(attempt AS INTEGER) AS attempt,
    try_cast(smtp_code AS INTEGER) AS smtp_code,
    enhanced_status, lower(bounce_type) AS bounce_type, lower(phase) AS phase,
    CASE WHEN kind_named(kind) = 'unknown' THEN coalesce(reason, kind) ELSE reason END AS reason,
    diagnostic, url,
    utc_of_iso(expires_at, $timezone) AS expires_at,
    utc_of_iso(queued_at, $timezone) AS queued_at,
    is_yes(test_profile) AS test_profile,
    NOT $zone_declared AND NOT tells_zone(event_time) AS time_assumed,
    CASE
        WHEN is_broken THEN 'the line is no JSON object'
        WHEN holds_nul THEN 'the line holds NUL characters'
        ELSE problem_of_event(
            kind, event_time, message_id, recipient, delivery_id, attempt, smtp_code, expires_at, queued_at, $timezone)
    END AS reject_reason
FROM event_text;
