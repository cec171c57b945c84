-- transition_count, transition_minute_count, transition_age_count: the differences that counted_transition makes.
-- Built from: counted_transition, a view of transitions with their delivery's start and a sign.
CREATE OR REPLACE TEMP TABLE transition_count_change AS
SELECT
    delivery_key, ceil(date_diff('microsecond', started_at, moved_at) / 60000000)::INTEGER AS elapsed_minutes,
    recipient_domain, from_state, to_state, kind, reason, test_profile, sum(sign)::BIGINT AS n
FROM counted_transition
GROUP BY ALL
HAVING sum(sign) <> 0;

CREATE OR REPLACE TEMP TABLE transition_minute_count_change AS
SELECT delivery_key, elapsed_minutes, from_state, to_state, test_profile, sum(n)::BIGINT AS n
FROM transition_count_change
GROUP BY ALL
HAVING sum(n) <> 0;

CREATE OR REPLACE TEMP TABLE transition_age_count_change AS
SELECT
    delivery_key, ceil(date_diff('microsecond', relayed_at, moved_at) / 60000000)::INTEGER AS age_minutes,
    from_state, to_state, test_profile, sum(sign)::BIGINT AS n
FROM counted_transition
WHERE moved_at >= relayed_at
GROUP BY ALL
HAVING sum(sign) <> 0;
