-- engagement_count_change: the differences that a batch makes to engagement_count. Built from: new_engagement,
-- old_engagement.
WITH changed_engagement AS (
    SELECT *, 1 AS sign FROM new_engagement
    UNION ALL
    SELECT * EXCLUDE (row_number), -1 AS sign FROM old_engagement
)
SELECT
    delivery_key, date_trunc('hour', engaged_at - INTERVAL 1 MICROSECOND) + INTERVAL 1 HOUR AS hour,
    sum(opened)::BIGINT AS opened, sum(clicked)::BIGINT AS clicked, test_profile
FROM (
    SELECT delivery_key, opened_at AS engaged_at, sign AS opened, 0 AS clicked, test_profile FROM changed_engagement
    UNION ALL
    SELECT delivery_key, clicked_at, 0, sign, test_profile FROM changed_engagement WHERE clicked_at IS NOT NULL
) AS engaged
GROUP BY ALL
HAVING sum(opened) <> 0 OR sum(clicked) <> 0;
