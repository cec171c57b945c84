-- touched_message: whoever an arriving or leaving event is about. affected_delivery: their deliveries, and all that the
-- source speaks of. Built from: event, staged_again, leaving_event, source_delivery.
INSERT INTO touched_message
SELECT delivery_key, message_key FROM event WHERE source_id = $source_id
UNION
SELECT delivery_key, message_key FROM event SEMI JOIN staged_again USING (source_id, line)
UNION
SELECT delivery_key, message_key FROM leaving_event;

INSERT INTO affected_delivery
SELECT delivery_key FROM touched_message
UNION
SELECT delivery_key FROM source_delivery WHERE source_id = $source_id;
