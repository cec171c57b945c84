-- One row per delivery and kind of transition: n messages made it up to so many minutes after the delivery's start, and
-- n_ever in the whole log. Built from: transition_minute_count.
-- States are their places in data.states.State, -1 where there is none.
SELECT
    delivery_key, coalesce(enum_code(from_state), -1) AS from_state, enum_code(to_state) AS to_state,
    coalesce(sum(n) FILTER (elapsed_minutes <= $minutes), 0)::BIGINT AS n, sum(n)::BIGINT AS n_ever
FROM transition_minute_count
WHERE delivery_key IN (SELECT unnest($delivery_keys::INTEGER[])) AND ($with_test_profiles OR NOT test_profile)
GROUP BY ALL;
