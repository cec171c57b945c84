-- delivery: what the batches changed. Built from: extent, told_feature, leaving_event, transition, event.
-- restarted: the deliveries whose start moves, so that their minutes are counted from there.

-- summary: one row per affected delivery that still has messages.
CREATE OR REPLACE TEMP TABLE summary AS
WITH change AS (
    SELECT
        delivery_key,
        min(first_relayed_at) FILTER (is_new) AS first_arriving, min(first_relayed_at) FILTER (NOT is_new) AS first_leaving,
        max(last_relayed_at) FILTER (is_new) AS last_arriving, max(last_relayed_at) FILTER (NOT is_new) AS last_leaving,
        sum(messages)::BIGINT AS messages
    FROM extent
    GROUP BY delivery_key
),
known AS (
    SELECT delivery.*, change.* EXCLUDE (delivery_key, messages), coalesce(change.messages, 0) AS more_messages
    FROM delivery LEFT JOIN change USING (delivery_key)
    WHERE delivery_key IN (SELECT delivery_key FROM affected_delivery)
),
-- Where the relay at either end may have left, or none is known, all transitions of the delivery are looked at.
unsure AS (
    SELECT delivery_key
    FROM known
    WHERE first_relayed_at IS NULL
        OR (first_leaving <= first_relayed_at AND coalesce(first_arriving > first_relayed_at, true))
        OR (last_leaving >= last_relayed_at AND coalesce(last_arriving < last_relayed_at, true))
)
SELECT
    delivery_key,
    least(first_relayed_at, first_arriving) AS first_relayed_at,
    least(first_relayed_at, first_arriving) AS started_at,
    greatest(last_relayed_at, last_arriving) AS last_relayed_at,
    messages + more_messages AS messages
FROM known ANTI JOIN unsure USING (delivery_key)
UNION ALL
SELECT
    delivery_key,
    min(moved_at) FILTER (to_state = 'in_flight' AND NOT test_profile),
    coalesce(
        min(moved_at) FILTER (to_state = 'in_flight' AND NOT test_profile),
        min(moved_at) FILTER (to_state = 'in_flight'),
        min(moved_at)),
    max(moved_at) FILTER (to_state = 'in_flight'),
    count(*) FILTER (from_state IS NULL)
FROM transition SEMI JOIN unsure USING (delivery_key)
GROUP BY delivery_key;

CREATE OR REPLACE TEMP TABLE restarted AS
SELECT delivery_key
FROM delivery LEFT JOIN summary USING (delivery_key)
WHERE delivery_key IN (SELECT delivery_key FROM affected_delivery)
    AND delivery.started_at IS DISTINCT FROM summary.started_at;

-- feature: one row per delivery with what its logs tell; where events left, those that stay are looked at.
CREATE OR REPLACE TEMP TABLE feature AS
SELECT
    delivery_key, coalesce(delivery.has_delivery_feedback, false) OR bool_or(told_feature.has_delivery_feedback)
        AS has_delivery_feedback,
    coalesce(delivery.time_assumed, false) OR bool_or(told_feature.time_assumed) AS time_assumed
FROM told_feature JOIN delivery USING (delivery_key)
WHERE delivery_key NOT IN (SELECT delivery_key FROM leaving_event)
GROUP BY delivery_key, delivery.has_delivery_feedback, delivery.time_assumed
UNION ALL
SELECT delivery_key, bool_or(kind IN ('delivered', 'deferred')), bool_or(time_assumed)
FROM event
WHERE delivery_key IN (SELECT delivery_key FROM leaving_event)
GROUP BY delivery_key;

UPDATE delivery
SET first_relayed_at = summary.first_relayed_at, started_at = summary.started_at,
    last_relayed_at = summary.last_relayed_at, messages = summary.messages
FROM summary
WHERE delivery.delivery_key = summary.delivery_key;

UPDATE delivery
SET has_delivery_feedback = feature.has_delivery_feedback, time_assumed = feature.time_assumed
FROM feature
WHERE delivery.delivery_key = feature.delivery_key;

-- What is left of a delivery that no source speaks of any more: nothing.
DELETE FROM delivery
WHERE delivery_key IN (SELECT delivery_key FROM affected_delivery)
    AND delivery_key NOT IN (SELECT delivery_key FROM summary);
DELETE FROM source_delivery
WHERE delivery_key IN (SELECT delivery_key FROM affected_delivery)
    AND delivery_key NOT IN (SELECT delivery_key FROM delivery);

DELETE FROM transition_count WHERE delivery_key IN (SELECT delivery_key FROM restarted);
DELETE FROM transition_minute_count WHERE delivery_key IN (SELECT delivery_key FROM restarted);
DELETE FROM transition_age_count WHERE delivery_key IN (SELECT delivery_key FROM restarted);
