-- extent, counted_transition: what a batch changes at the ends of its deliveries, and in the counts of those whose start
-- is known. Built from: new_transition, old_transition, delivery.

-- changed_transition: one row per transition that enters (sign 1) or leaves (sign -1).
CREATE OR REPLACE TEMP VIEW changed_transition AS
SELECT *, 1 AS sign FROM new_transition
UNION ALL
SELECT * EXCLUDE (row_number), -1 AS sign FROM old_transition;

-- extent: what a batch brings and takes at the ends of a delivery's relay.
INSERT INTO extent
SELECT
    delivery_key, sign > 0 AS is_new, min(moved_at) FILTER (to_state = 'in_flight' AND NOT test_profile) AS first_relayed_at,
    max(moved_at) FILTER (to_state = 'in_flight') AS last_relayed_at,
    coalesce(sum(sign) FILTER (from_state IS NULL), 0) AS messages
FROM changed_transition
GROUP BY delivery_key, sign;

CREATE OR REPLACE TEMP VIEW counted_transition AS
SELECT changed_transition.*, started_at
FROM changed_transition JOIN delivery USING (delivery_key)
WHERE started_at IS NOT NULL;
