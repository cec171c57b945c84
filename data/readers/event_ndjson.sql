-- staged_event: one row per line of a Sendlog event NDJSON. Built from: the file.
WITH record AS (
    SELECT coalesce(record_line::BIGINT, place) AS line, text, CASE WHEN json_valid(text) THEN text END AS told
    FROM (
        SELECT row_number() OVER () + $lines_before AS place, *
        FROM read_csv(
            $path, auto_detect = false, header = false, delim = $delimiter, quote = $quote, escape = $quote,
            columns = $columns, max_line_size = $max_line_bytes)
        UNION ALL BY NAME
        (SELECT NULL::VARCHAR AS record_line, NULL::VARCHAR AS text LIMIT 0)
    )
    WHERE trim(text) <> ''
),
-- Each line is taken apart once for all columns.
taken_apart AS (
    SELECT
        line,
        told IS NULL OR json_type(told) <> 'OBJECT' AS is_broken,
        contains(text, '\u0000') AS holds_nul,
        json_extract_string(told, [
            '$.kind', '$.event_time', '$.event_id', '$.message_id', '$.recipient', '$.delivery_id',
            '$.delivery_label', '$.attempt', '$.smtp_code', '$.enhanced_status', '$.bounce_type', '$.phase',
            '$.reason', '$.diagnostic', '$.url', '$.expires_at', '$.queued_at', '$.test_profile'
        ]) AS texts,
        json_type(told, ['$.message_id', '$.recipient', '$.delivery_id']) AS types
    FROM record
),
event_text AS (
    SELECT
        line, is_broken, holds_nul,
        list_has_any(types, ['OBJECT', 'ARRAY']) AS is_nested,
        nullif(texts[1], '') AS kind,
        nullif(texts[2], '') AS event_time,
        nullif(texts[3], '') AS event_id,
        nullif(texts[4], '') AS message_id,
        nullif(texts[5], '') AS recipient,
        nullif(texts[6], '') AS delivery_id,
        nullif(texts[7], '') AS delivery_label,
        nullif(texts[8], '') AS attempt,
        nullif(texts[9], '') AS smtp_code,
        nullif(texts[10], '') AS enhanced_status,
        nullif(texts[11], '') AS bounce_type,
        nullif(texts[12], '') AS phase,
        nullif(texts[13], '') AS reason,
        nullif(texts[14], '') AS diagnostic,
        nullif(texts[15], '') AS url,
        nullif(texts[16], '') AS expires_at,
        nullif(texts[17], '') AS queued_at,
        nullif(texts[18], '') AS test_profile
    FROM taken_apart
)
SELECT
    $source_id AS source_id,
    line,
    kind_named(kind) AS kind,
    utc_of_iso(event_time, $timezone) AS event_time,
    event_id, message_id, recipient, delivery_id, coalesce($declared_label, delivery_label) AS delivery_label,
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
        WHEN is_nested THEN 'message_id, recipient or delivery_id is an object or a list'
        ELSE problem_of_event(
            kind, event_time, message_id, recipient, delivery_id, attempt, smtp_code, expires_at, queued_at, $timezone)
    END AS reject_reason,
    NULL::BIGINT AS place
FROM event_text;
