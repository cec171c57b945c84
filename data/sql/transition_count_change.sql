-- transition_count_change: the differences that counted_transition makes to transition_count. Built from:
-- counted_transition, a view of transitions with their delivery's start and a sign.
SELECT
    delivery_key, ceil(date_diff('microsecond', started_at, moved_at) / 60000000)::INTEGER AS elapsed_minutes,
    recipient_domain, from_state, to_state, kind, reason, test_profile, sum(sign)::BIGINT AS n
FROM counted_transition
GROUP BY ALL
HAVING sum(sign) <> 0;
