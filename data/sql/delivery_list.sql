-- One row per delivery, newest first, or the one with the given id.
SELECT
    delivery_key, delivery_id, label, channel, format, validity_hours, started_at, last_relayed_at, observed_from,
    observed_until,
    stats_until, messages, has_delivery_feedback, tells_engagement, time_assumed,
    coalesce(last_relayed_at, started_at) + to_microseconds((validity_hours * 3600000000)::BIGINT) AS ended_at
FROM delivery
WHERE $delivery_id IS NULL OR delivery_id = $delivery_id
ORDER BY started_at DESC, delivery_id;
