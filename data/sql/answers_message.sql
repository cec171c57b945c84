-- One row: what the fold was told and what it inferred of the messages of the deliveries between two keys, as far as the
-- sources between two numbers speak of them. Built from: source_delivery, delivery, transition, event.
WITH spoken_of AS (
    SELECT
        delivery_key, observed_from > started_at AS begins_late,
        -- Where no other source speaks of a delivery, its messages need no telling apart.
        bool_and(source_id BETWEEN $first_source AND $last_source) AS is_whole
    FROM source_delivery JOIN delivery USING (delivery_key)
    WHERE delivery_key BETWEEN $first_delivery AND $last_delivery
    GROUP BY delivery_key, begins_late
    HAVING bool_or(source_id BETWEEN $first_source AND $last_source)
),
shared_message AS (
    SELECT DISTINCT delivery_key, message_key
    FROM event SEMI JOIN (FROM spoken_of WHERE NOT is_whole) AS shared USING (delivery_key)
    WHERE source_id BETWEEN $first_source AND $last_source
),
moved AS (
    SELECT from_state, to_state, kind, event_key
    FROM transition SEMI JOIN (FROM spoken_of WHERE is_whole) AS whole USING (delivery_key)
    UNION ALL
    SELECT from_state, to_state, kind, event_key
    FROM transition SEMI JOIN shared_message USING (delivery_key, message_key)
)
SELECT
    count(*) FILTER (from_state IS NULL) AS named,
    count(*) FILTER (to_state = 'in_flight') AS relayed,
    count(*) FILTER (kind = 'relayed' AND event_key IS NULL) AS inferred_relays,
    count(*) FILTER (kind = 'expired' AND event_key IS NOT NULL) AS told_expiries,
    -- Those that hold: what the log tells afterwards takes an inference back.
    count(*) FILTER (to_state = 'inferred_expiry') - count(*) FILTER (from_state = 'inferred_expiry')
        AS inferred_expiries,
    count(*) FILTER (from_state = 'delivered') AS late_corrections,
    (SELECT coalesce(bool_or(begins_late), false) FROM spoken_of) AS begins_late
FROM moved;
