-- The same as state_change for part of a minute: the transitions after one moment, up to and including another.
WITH counted AS (
    SELECT from_state, to_state, count(*) AS n
    FROM transition
    WHERE delivery_key = $delivery_key AND ($with_test_profiles OR NOT test_profile)
        AND moved_at > $after AND moved_at <= $at
    GROUP BY from_state, to_state
)
SELECT to_state::VARCHAR AS state, sum(n)::BIGINT AS n FROM counted GROUP BY ALL
UNION ALL
SELECT from_state::VARCHAR, -sum(n)::BIGINT FROM counted WHERE from_state IS NOT NULL GROUP BY ALL
UNION ALL
SELECT 'sent', sum(n)::BIGINT FROM counted WHERE to_state = 'in_flight' HAVING count(*) > 0;
