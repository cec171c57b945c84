-- staged_delivery: the deliveries that the staged events speak of, beside those of earlier parts of the file.
-- new_delivery: one row per such delivery that the store does not know yet. Built from: staged_event, delivery.
INSERT INTO staged_delivery
SELECT source_id, delivery_id, max(delivery_label)
FROM staged_event
WHERE reject_reason IS NULL
GROUP BY source_id, delivery_id;

CREATE OR REPLACE TEMP TABLE new_delivery AS
SELECT nextval('delivery_number') AS delivery_key, delivery_id, delivery_id AS label, 'email' AS channel
FROM (SELECT DISTINCT delivery_id FROM staged_delivery ORDER BY delivery_id) AS named
ANTI JOIN delivery USING (delivery_id);
