-- transition_age_count_change: the same for transition_age_count. Built from: counted_transition.
SELECT
    delivery_key, ceil(date_diff('microsecond', relayed_at, moved_at) / 60000000)::INTEGER AS age_minutes,
    from_state, to_state, test_profile, sum(sign)::BIGINT AS n
FROM counted_transition
WHERE moved_at >= relayed_at
GROUP BY ALL
HAVING sum(sign) <> 0;
