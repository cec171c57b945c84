-- leaving_event: the events of a source that is removed; with it go the source's other rows. Deliveries that the source
-- only watched longer than others did lose that knowledge.
INSERT INTO affected_delivery
SELECT delivery_key FROM source_delivery WHERE source_id = $source_id;

INSERT INTO leaving_event
SELECT rowid, delivery_key, message_key, event_key, content_key FROM event WHERE source_id = $source_id;

DELETE FROM source_delivery WHERE source_id = $source_id;
DELETE FROM loose_event WHERE source_id = $source_id;
DELETE FROM meaning WHERE source_id = $source_id;
DELETE FROM rejected_line WHERE source_id = $source_id;
DELETE FROM source_sentence WHERE source_id = $source_id;
DELETE FROM source WHERE source_id = $source_id;
