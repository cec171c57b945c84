-- One row per step of time between acceptance and first opening: so many messages were first opened that long after their
-- first acceptance, up to a moment. step: how many of $steps (microseconds, ascending) are shorter; NULL: opened before the
-- acceptance, or not accepted by then. An opening is told, or implied by a click or an opt-out. Excluded messages count
-- as well. Built from: counted_event_of, transition.
WITH message AS (
    SELECT message_key, min(moved_at) FILTER (to_state = 'delivered' AND moved_at <= $at) AS accepted_at
    FROM transition
    WHERE delivery_key = $delivery_key AND ($with_test_profiles OR NOT test_profile)
    GROUP BY message_key
),
first_opening AS (
    SELECT message_key, min(event_time) AS opened_at
    FROM counted_event_of($delivery_key, true) AS counted_event
    WHERE delivery_key = $delivery_key AND event_time <= $at AND kind IN ('opened', 'clicked', 'unsubscribed')
    GROUP BY message_key
),
delayed AS (
    SELECT date_diff('microsecond', accepted_at, opened_at) AS delay
    FROM first_opening JOIN message USING (message_key)
)
SELECT
    CASE WHEN delay >= 0 THEN len(list_filter($steps::BIGINT[], lambda step: step < delay)) END AS step,
    count(*) AS messages
FROM delayed
GROUP BY ALL
ORDER BY step;
