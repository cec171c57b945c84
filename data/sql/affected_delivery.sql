-- affected_delivery: one row per delivery that an import, a removal or a recomputation has to do with. A removal has put
-- in those that the source spoke of.
INSERT INTO affected_delivery
SELECT delivery_key FROM touched_message
UNION
SELECT delivery_key FROM source_delivery WHERE source_id = $source_id;
