-- One row per whole minute since the delivery's start with first openings or first clicks up to a moment: the messages opened
-- and clicked in the minute that ends with until. An opening is told, or implied by a click or an opt-out. Built from: engagement.
SELECT
    least(
        $started_at + to_minutes(ceil(date_diff('microsecond', $started_at, engaged_at) / 60000000)::BIGINT), $until
    ) AS until,
    sum(opened)::BIGINT AS opened, sum(clicked)::BIGINT AS clicked
FROM (
    SELECT opened_at AS engaged_at, 1 AS opened, 0 AS clicked
    FROM engagement
    WHERE delivery_key = $delivery_key AND opened_at <= $until AND ($with_test_profiles OR NOT test_profile)
    UNION ALL
    SELECT clicked_at, 0, 1
    FROM engagement
    WHERE delivery_key = $delivery_key AND clicked_at <= $until AND ($with_test_profiles OR NOT test_profile)
) AS engaged
GROUP BY 1
ORDER BY 1;
