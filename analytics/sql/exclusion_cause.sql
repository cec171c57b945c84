-- One row per cause of exclusion, the most frequent first: the messages of a delivery that are ever rejected before any
-- attempt, by the reason told by a moment, empty where none was told by then; and targeted: all messages that the log ever
-- names, in each row. One row with the latter alone where nobody is excluded. Built from: transition.
WITH excluded AS (
    SELECT CASE WHEN moved_at <= $at THEN coalesce(reason, '') ELSE '' END AS cause, count(*) AS messages
    FROM transition
    WHERE delivery_key = $delivery_key AND to_state = 'excluded' AND ($with_test_profiles OR NOT test_profile)
    GROUP BY ALL
),
target AS (
    SELECT count(*) AS targeted
    FROM transition
    WHERE delivery_key = $delivery_key AND from_state IS NULL AND ($with_test_profiles OR NOT test_profile)
)
SELECT cause, messages, targeted
FROM target LEFT JOIN excluded ON true
ORDER BY messages DESC, cause;
