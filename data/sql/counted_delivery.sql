-- counted_transition: all transitions of some restarted deliveries, with the start to count from. Built from: transition,
-- restarted, delivery.
CREATE OR REPLACE TEMP TABLE counted_delivery AS
SELECT delivery_key, started_at
FROM delivery SEMI JOIN restarted USING (delivery_key)
WHERE delivery_key BETWEEN $first_delivery AND $last_delivery;

CREATE OR REPLACE TEMP VIEW counted_transition AS
SELECT transition.*, 1 AS sign, started_at
FROM transition JOIN counted_delivery USING (delivery_key);
