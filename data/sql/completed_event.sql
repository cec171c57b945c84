-- completed_event: one row per event that a reader told of its records, all columns there and of their types. Built from:
-- told_event, whose columns are those of event_text, as far as the format has them. is_loose: whether the record does not
-- name the delivery, the message or the recipient; is_ignored: whether the record is no part of a send;
-- fallback_delivery_id: the delivery of a message for which no record names one.
WITH told AS (
    FROM event_text
    UNION ALL BY NAME
    FROM told_event
),
judged AS (
    SELECT
        *,
        kind_named(kind) AS known_kind,
        utc_of_written(event_time, $timezone) AS moment,
        tells_moment(event_time) AS is_moment,
        coalesce(kind = 'ignored', false) AS is_ignored,
        $may_be_loose AND coalesce(message_id, recipient) IS NOT NULL
            AND (message_id IS NULL OR recipient IS NULL OR delivery_id IS NULL) AS is_loose
    FROM told
)
SELECT
    $source_id AS source_id, line, known_kind AS kind, moment AS event_time,
    event_id, message_id, recipient, delivery_id,
    coalesce($declared_label, delivery_label) AS delivery_label,
    try_cast(attempt AS INTEGER) AS attempt,
    try_cast(smtp_code AS INTEGER) AS smtp_code,
    enhanced_status, lower(bounce_type) AS bounce_type, lower(phase) AS phase,
    CASE WHEN known_kind = 'unknown' THEN coalesce(reason, kind) ELSE reason END AS reason,
    diagnostic, url,
    utc_of_written(expires_at, $timezone) AS expires_at,
    utc_of_written(queued_at, $timezone) AS queued_at,
    is_yes(test_profile) AS test_profile,
    NOT $zone_declared AND NOT is_moment AS time_assumed,
    CASE WHEN NOT is_ignored THEN coalesce(
        reject_reason,
        CASE
            WHEN kind IS NULL THEN 'the record does not say what happened'
            WHEN event_time IS NULL THEN 'the record names no time'
            WHEN is_nested(message_id) OR is_nested(recipient)
                THEN 'the message or the recipient is an object or a list'
            WHEN is_loose THEN NULL
            WHEN message_id IS NULL AND recipient IS NULL THEN 'the record names neither a message nor a recipient'
            WHEN message_id IS NULL THEN 'the record names no message'
            WHEN recipient IS NULL THEN 'the record names no recipient'
            WHEN delivery_id IS NULL THEN 'the record names no delivery'
        END,
        CASE WHEN moment IS NULL OR NOT is_moment THEN problem_of_written(event_time, $timezone) END) END AS reject_reason,
    NULL::BIGINT AS place,
    is_loose AND NOT is_ignored AS is_loose, is_ignored, fallback_delivery_id
FROM judged;
