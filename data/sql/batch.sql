-- batch: one row per delivery, or part of a delivery's messages, that is folded in one go: so memory is bounded however
-- much there is. Built from: touched_message.
CREATE OR REPLACE TEMP TABLE batch AS
WITH counted AS (
    SELECT delivery_key, count(*) AS messages, ceil(count(*) / $batch_messages)::INTEGER AS parts
    FROM touched_message
    GROUP BY delivery_key
),
parted AS (
    SELECT delivery_key, parts, unnest(range(parts)) AS part, messages / parts AS messages FROM counted
)
SELECT
    delivery_key, parts, part,
    floor((sum(messages) OVER (ORDER BY delivery_key, part) - messages) / $batch_messages)::INTEGER AS number
FROM parted;

SELECT number, min(delivery_key) AS first_delivery, max(delivery_key) AS last_delivery
FROM batch
GROUP BY number
ORDER BY number;
