-- transition_minute_count_change: the same for transition_minute_count. Built from: transition_count_change.
SELECT delivery_key, elapsed_minutes, from_state, to_state, test_profile, sum(n)::BIGINT AS n
FROM transition_count_change
GROUP BY ALL
HAVING sum(n) <> 0;
