-- One row per whole minute of a delivery and state: by how many messages the state changed in it, and how many were
-- relayed ("sent") or named for the first time ("named"). Built from: transition_count.
WITH counted AS (
    SELECT elapsed_minutes, from_state, to_state, sum(n) AS n
    FROM transition_count
    WHERE delivery_key = $delivery_key AND ($with_test_profiles OR NOT test_profile)
    GROUP BY elapsed_minutes, from_state, to_state
)
SELECT elapsed_minutes, to_state::VARCHAR AS state, sum(n)::BIGINT AS n FROM counted GROUP BY ALL
UNION ALL
SELECT elapsed_minutes, from_state::VARCHAR, -sum(n)::BIGINT FROM counted WHERE from_state IS NOT NULL GROUP BY ALL
UNION ALL
SELECT elapsed_minutes, 'sent', sum(n)::BIGINT FROM counted WHERE to_state = 'in_flight' GROUP BY ALL
UNION ALL
SELECT elapsed_minutes, 'named', sum(n)::BIGINT FROM counted WHERE from_state IS NULL GROUP BY ALL;
