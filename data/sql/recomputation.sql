-- One row: the messages and events of a delivery, and how many rows of what was derived from them differ from before.
-- Built from: the tables of before_recomputation.sql, and what the store holds now.
UPDATE delivery SET stats_until = observed_until WHERE delivery_key = $delivery_key;

-- compared: every row before (-1) and after (+1), as one value; rows that are the same cancel out.
WITH compared AS (
    SELECT 'transition' AS place, held::VARCHAR AS told, -1 AS sign FROM held_transition AS held
    UNION ALL
    SELECT 'transition', now::VARCHAR, 1 FROM transition AS now WHERE delivery_key = $delivery_key
    UNION ALL
    SELECT 'contradiction' AS place, held::VARCHAR AS told, -1 AS sign FROM held_contradiction AS held
    UNION ALL
    SELECT 'contradiction', now::VARCHAR, 1 FROM contradiction AS now WHERE delivery_key = $delivery_key
    UNION ALL
    SELECT 'engagement' AS place, held::VARCHAR AS told, -1 AS sign FROM held_engagement AS held
    UNION ALL
    SELECT 'engagement', now::VARCHAR, 1 FROM engagement AS now WHERE delivery_key = $delivery_key
    UNION ALL
    SELECT 'lapse' AS place, held::VARCHAR AS told, -1 AS sign FROM held_lapse AS held
    UNION ALL
    SELECT 'lapse', now::VARCHAR, 1 FROM lapse AS now WHERE delivery_key = $delivery_key
    UNION ALL
    SELECT 'transition_count', held::VARCHAR, -1 FROM held_transition_count AS held
    UNION ALL
    SELECT 'transition_count', now::VARCHAR, 1
    FROM (
        SELECT * EXCLUDE (n), sum(n) AS n FROM transition_count WHERE delivery_key = $delivery_key
        GROUP BY ALL HAVING sum(n) <> 0
    ) AS now
    UNION ALL
    SELECT 'transition_minute_count', held::VARCHAR, -1 FROM held_transition_minute_count AS held
    UNION ALL
    SELECT 'transition_minute_count', now::VARCHAR, 1
    FROM (
        SELECT * EXCLUDE (n), sum(n) AS n FROM transition_minute_count WHERE delivery_key = $delivery_key
        GROUP BY ALL HAVING sum(n) <> 0
    ) AS now
    UNION ALL
    SELECT 'transition_age_count', held::VARCHAR, -1 FROM held_transition_age_count AS held
    UNION ALL
    SELECT 'transition_age_count', now::VARCHAR, 1
    FROM (
        SELECT * EXCLUDE (n), sum(n) AS n FROM transition_age_count WHERE delivery_key = $delivery_key
        GROUP BY ALL HAVING sum(n) <> 0
    ) AS now
    UNION ALL
    SELECT 'engagement_count', held::VARCHAR, -1 FROM held_engagement_count AS held
    UNION ALL
    SELECT 'engagement_count', now::VARCHAR, 1
    FROM (
        SELECT * EXCLUDE (opened, clicked), sum(opened) AS opened, sum(clicked) AS clicked
        FROM engagement_count WHERE delivery_key = $delivery_key
        GROUP BY ALL HAVING sum(opened) <> 0 OR sum(clicked) <> 0
    ) AS now
),
difference AS (SELECT abs(sum(sign)) AS n FROM compared GROUP BY place, told)
SELECT
    delivery.messages,
    (
        SELECT count(*)
        FROM (SELECT DISTINCT message_key, event_key FROM event WHERE delivery_key = $delivery_key)
    ) AS events,
    (SELECT sum(n) FROM difference)::BIGINT AS differences,
    delivery.stats_until
FROM delivery
WHERE delivery.delivery_key = $delivery_key;
