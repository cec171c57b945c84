-- The same as state_change by message age: one row per whole minute of age at which something moves, rounded up.
-- Built from: transition_age_count.
SELECT
    (ceil(age_minutes / $step_minutes) * $step_minutes)::BIGINT AS minutes,
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
FROM transition_age_count
WHERE delivery_key = $delivery_key AND ($with_test_profiles OR NOT test_profile)
GROUP BY minutes
ORDER BY minutes;
