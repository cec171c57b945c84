-- A page of the messages opened, or clicked, by a moment, the latest first: one row each, with the date of the first
-- opening or click. Built from: engagement. $after: as in message_page.
WITH engaged AS (
    SELECT message_key, opened_at AS date, test_profile
    FROM engagement
    WHERE $kpi = 'opened' AND delivery_key = $delivery_key AND opened_at > $after AND opened_at <= $until
    UNION ALL
    SELECT message_key, clicked_at, test_profile
    FROM engagement
    WHERE $kpi = 'clicked' AND delivery_key = $delivery_key AND clicked_at > $after AND clicked_at <= $until
)
SELECT message_key, date, test_profile
FROM engaged
WHERE $with_test_profiles OR NOT test_profile
ORDER BY date DESC, message_key
LIMIT $limit OFFSET $offset;
