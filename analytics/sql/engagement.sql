-- One row per clock hour with first openings or first clicks: the messages opened and clicked in the hour before.
-- Built from: engagement_count.
SELECT hour AS until, sum(opened)::BIGINT AS opened, sum(clicked)::BIGINT AS clicked
FROM engagement_count
WHERE delivery_key = $delivery_key AND ($with_test_profiles OR NOT test_profile)
GROUP BY hour
ORDER BY hour;
