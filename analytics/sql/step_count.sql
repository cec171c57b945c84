-- One row per kind of transition and event of a delivery: so many messages made it up to a moment, exactly. Whole minutes
-- since the start come from transition_count, the rest of a minute from transition.
WITH counted AS (
    SELECT from_state, to_state, kind, n
    FROM transition_count
    WHERE delivery_key = $delivery_key AND elapsed_minutes <= $whole_minutes AND ($with_test_profiles OR NOT test_profile)
    UNION ALL
    SELECT from_state, to_state, kind, 1
    FROM transition
    WHERE delivery_key = $delivery_key AND moved_at > $after AND moved_at <= $at
        AND ($with_test_profiles OR NOT test_profile)
)
SELECT
    counted.from_state::VARCHAR AS from_state, counted.to_state::VARCHAR AS to_state, kind::VARCHAR AS kind,
    sum(n)::BIGINT AS messages
FROM counted
GROUP BY counted.from_state, counted.to_state, counted.kind
HAVING sum(n) <> 0;
