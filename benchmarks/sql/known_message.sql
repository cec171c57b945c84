-- known_message: one row per sampled message that was accepted. As many at any size of the log: all of every chosen delivery,
-- and of all deliveries together (is_spread) about as many as one has. place: the order in which files take them.
-- Input: an event CSV.
CREATE TEMP TABLE sampled_event AS
SELECT kind, event_time::TIMESTAMP AS event_time, message_id, recipient, delivery_id
FROM read_csv($path)
WHERE kind = 'delivered' AND (list_contains($chosen, delivery_id) OR hash(message_id) % $deliveries = 0);

CREATE TEMP TABLE known_message AS
SELECT
    delivery_id, message_id, recipient, event_time AS delivered_at, hash(message_id) % $deliveries = 0 AS is_spread,
    row_number() OVER (PARTITION BY delivery_id ORDER BY hash(message_id, 'one')) AS place_in_delivery,
    row_number() OVER (PARTITION BY is_spread ORDER BY hash(message_id, 'spread')) AS place
FROM sampled_event;
