-- One row per number of an attempt (from 1), what came of it up to a moment, and seconds waited for it since the result before
-- it, or the relay (rounded up, beyond an hour to whole minutes): so many messages. kind is its place in its enum.
-- accepted_first: how many of them no attempt before had accepted. A bounce out of band ends no attempt.
-- Built from: transition, counted_event_of.
WITH message AS (
    SELECT message_key, min(relayed_at) AS relayed_at
    FROM transition
    WHERE delivery_key = $delivery_key AND ($with_test_profiles OR NOT test_profile)
    GROUP BY message_key
    HAVING NOT bool_or(to_state = 'excluded')
),
attempt AS (
    SELECT
        message_key, kind, event_time,
        row_number() OVER course AS attempt, lag(event_time) OVER course AS result_before,
        kind = 'delivered' AND row_number() OVER (PARTITION BY message_key, kind ORDER BY event_time, event_key) = 1
            AS is_accepted_first
    FROM counted_event_of($delivery_key, true) AS counted_event
    WHERE delivery_key = $delivery_key AND event_time <= $at
        AND kind IN ('deferred', 'delivered', 'bounced') AND phase IS DISTINCT FROM 'out_of_band'
    WINDOW course AS (PARTITION BY message_key ORDER BY event_time, enum_code(kind), event_key)
),
waited AS (
    SELECT
        attempt, kind, is_accepted_first,
        (epoch_us(event_time) - epoch_us(coalesce(result_before, relayed_at, event_time))) / 1000000 AS seconds
    FROM attempt JOIN message USING (message_key)
)
SELECT
    attempt, enum_code(kind) AS kind, greatest(0, CASE WHEN seconds <= 3600 THEN ceil(seconds) ELSE ceil(seconds / 60) * 60 END)::BIGINT AS seconds,
    count(*) AS messages, count(*) FILTER (is_accepted_first) AS accepted_first
FROM waited
GROUP BY ALL
ORDER BY attempt, kind, seconds;
