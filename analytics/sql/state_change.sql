-- One row per minute of a delivery and kind of transition: n messages made it in that minute. Minutes since the start are
-- rounded up: the sum up to m is the state as of start + m. Built from: transition_minute_count.
-- States are their places in data.states.State, -1 where there is none.
SELECT
    elapsed_minutes AS minutes, coalesce(enum_code(from_state), -1) AS from_state, enum_code(to_state) AS to_state,
    sum(n)::BIGINT AS n
FROM transition_minute_count
WHERE delivery_key = $delivery_key AND ($with_test_profiles OR NOT test_profile)
GROUP BY ALL
HAVING sum(n) <> 0;
