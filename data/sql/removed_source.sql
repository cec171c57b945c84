-- leaving_event: one row per event of a source that is removed; with it go the source's other rows.
CREATE OR REPLACE TEMP TABLE leaving_event AS FROM event WHERE source_id = $source_id;

-- Deliveries that the source only watched longer than others did lose that knowledge.
INSERT INTO affected_delivery
SELECT delivery_key FROM source_delivery WHERE source_id = $source_id;

DELETE FROM event WHERE source_id = $source_id;
DELETE FROM repeated_event WHERE source_id = $source_id;
DELETE FROM source_delivery WHERE source_id = $source_id;
DELETE FROM rejected_line WHERE source_id = $source_id;
DELETE FROM source WHERE source_id = $source_id;
