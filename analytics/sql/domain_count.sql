-- One row per recipient domain and kind of transition of a delivery: n messages made it up to a moment, exactly, and n_ever
-- in the whole log. Whole minutes since the start come from transition_count, the rest of a minute from transition.
-- States are their places in data.states.State, -1 where there is none.
WITH counted AS (
    SELECT
        recipient_domain, from_state, to_state, CASE WHEN elapsed_minutes <= $whole_minutes THEN n ELSE 0 END AS n,
        n AS n_ever
    FROM transition_count
    WHERE delivery_key = $delivery_key AND ($with_test_profiles OR NOT test_profile)
    UNION ALL
    SELECT recipient_domain, from_state, to_state, 1, 0
    FROM transition
    WHERE delivery_key = $delivery_key AND moved_at > $after AND moved_at <= $at
        AND ($with_test_profiles OR NOT test_profile)
)
SELECT
    recipient_domain, coalesce(enum_code(from_state), -1) AS from_state, enum_code(to_state) AS to_state,
    sum(n)::BIGINT AS n, sum(n_ever)::BIGINT AS n_ever
FROM counted
GROUP BY ALL;
