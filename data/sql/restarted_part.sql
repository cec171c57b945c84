-- restarted_part: one row per group of deliveries whose counts are taken anew in one go. Built from: restarted, delivery.
SELECT number, min(delivery_key) AS first_delivery, max(delivery_key) AS last_delivery
FROM (
    SELECT
        delivery_key,
        floor((sum(messages) OVER (ORDER BY delivery_key) - messages) / $batch_messages)::INTEGER AS number
    FROM restarted JOIN delivery USING (delivery_key)
) AS numbered
GROUP BY number
ORDER BY number;
