-- One row per minute of the messages' own age and kind of transition: n messages made it at that age. Minutes since a
-- message's relay are rounded up. Built from: transition_age_count.
-- States are their places in data.states.State, -1 where there is none.
SELECT
    age_minutes AS minutes, coalesce(enum_code(from_state), -1) AS from_state, enum_code(to_state) AS to_state,
    sum(n)::BIGINT AS n
FROM transition_age_count
WHERE delivery_key = $delivery_key AND ($with_test_profiles OR NOT test_profile)
GROUP BY ALL
HAVING sum(n) <> 0;
