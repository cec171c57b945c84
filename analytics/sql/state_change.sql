-- One row per step of a delivery in which something moved: by how many messages each state changed since the step before,
-- and how many were relayed ("sent"). Steps are of $step_minutes, rounded up: the sum up to m is the state as of start + m,
-- or, by age, the state of every message m minutes after its relay. Built from: transition_count, transition_age_count.
WITH counted AS (
    SELECT elapsed_minutes, from_state, to_state, test_profile, n
    FROM transition_count
    WHERE delivery_key = $delivery_key AND NOT $by_age
    UNION ALL
    SELECT age_minutes, from_state, to_state, test_profile, n
    FROM transition_age_count
    WHERE delivery_key = $delivery_key AND $by_age
)
SELECT
    (ceil(elapsed_minutes / $step_minutes) * $step_minutes)::BIGINT AS minutes,
    coalesce(sum(n) FILTER (to_state = 'in_flight'), 0)::BIGINT AS sent,
    coalesce(sum(n) FILTER (to_state = 'in_flight'), 0)::BIGINT
        - coalesce(sum(n) FILTER (from_state = 'in_flight'), 0)::BIGINT AS in_flight,
    coalesce(sum(n) FILTER (to_state = 'retrying'), 0)::BIGINT
        - coalesce(sum(n) FILTER (from_state = 'retrying'), 0)::BIGINT AS retrying,
    coalesce(sum(n) FILTER (to_state = 'delivered'), 0)::BIGINT
        - coalesce(sum(n) FILTER (from_state = 'delivered'), 0)::BIGINT AS delivered,
    coalesce(sum(n) FILTER (to_state = 'failed'), 0)::BIGINT AS failed,
    coalesce(sum(n) FILTER (to_state = 'inferred_expiry'), 0)::BIGINT
        - coalesce(sum(n) FILTER (from_state = 'inferred_expiry'), 0)::BIGINT AS inferred_expiry,
    coalesce(sum(n) FILTER (to_state = 'cancelled'), 0)::BIGINT AS cancelled
FROM counted
WHERE $with_test_profiles OR NOT test_profile
GROUP BY minutes
ORDER BY minutes;
