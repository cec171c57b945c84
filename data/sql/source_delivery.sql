-- source_delivery: what the sources that were read say of deliveries. Built from: staged_delivery, delivery.
CREATE OR REPLACE TEMP TABLE staged_source_delivery AS
SELECT source_id, delivery_key, max(delivery_label) AS label
FROM staged_delivery JOIN delivery USING (delivery_id)
GROUP BY source_id, delivery_key;

DELETE FROM source_delivery
USING staged_source_delivery AS staged
WHERE source_delivery.source_id = staged.source_id AND source_delivery.delivery_key = staged.delivery_key;
INSERT INTO source_delivery FROM staged_source_delivery;

-- A source whose records now belong to another delivery no longer speaks of this one.
DELETE FROM source_delivery
WHERE source_id IN (SELECT source_id FROM staged_again)
    AND NOT EXISTS (
        SELECT 1 FROM event
        WHERE event.source_id = source_delivery.source_id AND event.delivery_key = source_delivery.delivery_key)
    AND NOT EXISTS (
        SELECT 1 FROM staged_source_delivery AS staged
        WHERE staged.source_id = source_delivery.source_id AND staged.delivery_key = source_delivery.delivery_key);
