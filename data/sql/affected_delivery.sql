-- affected_delivery: one row per delivery that an import, a removal or a recomputation has to do with.
CREATE OR REPLACE TEMP TABLE affected_delivery AS
SELECT delivery_key FROM touched_message
UNION
SELECT delivery_key FROM source_delivery WHERE source_id = $source_id;
