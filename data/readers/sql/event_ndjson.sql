-- staged_event: one row per line of a Sendlog event NDJSON. Built from: record.
WITH event_text AS (
    SELECT
        line,
        nullif(told.kind, '') AS kind,
        nullif(told.event_time, '') AS event_time,
        nullif(told.event_id, '') AS event_id,
        nullif(told.message_id, '') AS message_id,
        nullif(told.recipient, '') AS recipient,
        nullif(told.delivery_id, '') AS delivery_id,
        nullif(told.delivery_label, '') AS delivery_label,
        nullif(told.attempt, '') AS attempt,
        nullif(told.smtp_code, '') AS smtp_code,
        nullif(told.enhanced_status, '') AS enhanced_status,
        nullif(told.bounce_type, '') AS bounce_type,
        nullif(told.phase, '') AS phase,
        nullif(told.reason, '') AS reason,
        nullif(told.diagnostic, '') AS diagnostic,
        nullif(told.url, '') AS url,
        nullif(told.expires_at, '') AS expires_at,
        nullif(told.queued_at, '') AS queued_at,
        nullif(told.test_profile, '') AS test_profile
    FROM record
    WHERE told IS NOT NULL
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
        WHEN is_nested(message_id) OR is_nested(recipient) OR is_nested(delivery_id)
            THEN 'message_id, recipient or delivery_id is an object or a list'
        ELSE problem_of_event(
            kind, event_time, message_id, recipient, delivery_id, attempt, smtp_code, expires_at, queued_at, $timezone)
    END AS reject_reason,
    NULL::BIGINT AS place
FROM event_text;
