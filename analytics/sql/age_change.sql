-- One row per whole minute of message age and state: by how many messages the state changes at that age.
-- Built from: transition_age_count.
WITH counted AS (
    SELECT age_minutes, from_state, to_state, sum(n) AS n
    FROM transition_age_count
    WHERE delivery_key = $delivery_key AND ($with_test_profiles OR NOT test_profile)
    GROUP BY age_minutes, from_state, to_state
)
SELECT age_minutes AS elapsed_minutes, to_state::VARCHAR AS state, sum(n)::BIGINT AS n FROM counted GROUP BY ALL
UNION ALL
SELECT age_minutes, from_state::VARCHAR, -sum(n)::BIGINT FROM counted WHERE from_state IS NOT NULL GROUP BY ALL
UNION ALL
SELECT age_minutes, 'sent', sum(n)::BIGINT FROM counted WHERE to_state = 'in_flight' GROUP BY ALL;
