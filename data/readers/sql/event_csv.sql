-- staged_event: one row per row of a Sendlog event CSV, in their order. Built from: the file.
WITH record AS (
    FROM read_csv(
        $path, auto_detect = false, header = false, skip = $header_lines, delim = $delimiter, quote = $quote,
        escape = '"', columns = $columns, max_line_size = $max_line_bytes)
    -- Columns that the file does not have are NULL.
    UNION ALL BY NAME
    (SELECT NULL::VARCHAR AS record_line, * EXCLUDE (line, fallback_delivery_id, reject_reason) FROM event_text)
)
SELECT
    $source_id AS source_id,
    record_line::BIGINT AS line,
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
    problem_of_event(
        kind, event_time, message_id, recipient, delivery_id, attempt, smtp_code, expires_at, queued_at, $timezone
    ) AS reject_reason,
    NULL::BIGINT AS place
FROM record;
