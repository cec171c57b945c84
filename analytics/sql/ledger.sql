-- One row per kind of transition, recipient domain and reason: so many messages of a delivery made it after one moment, up
-- to and including another. Whole minutes since the start come from transition_count; of the parts of minutes, those before
-- the second moment are added from transition and those before the first taken away.
WITH counted AS (
    SELECT from_state, to_state, kind, recipient_domain, reason, n
    FROM transition_count
    WHERE delivery_key = $delivery_key AND elapsed_minutes > $since_minutes AND elapsed_minutes <= $until_minutes
        AND ($with_test_profiles OR NOT test_profile)
    UNION ALL
    SELECT from_state, to_state, kind, recipient_domain, reason, 1
    FROM transition
    WHERE delivery_key = $delivery_key AND moved_at > $until_after AND moved_at <= $until
        AND ($with_test_profiles OR NOT test_profile)
    UNION ALL
    SELECT from_state, to_state, kind, recipient_domain, reason, -1
    FROM transition
    WHERE delivery_key = $delivery_key AND moved_at > $since_after AND moved_at <= $since
        AND ($with_test_profiles OR NOT test_profile)
)
SELECT
    counted.from_state::VARCHAR AS from_state, counted.to_state::VARCHAR AS to_state, kind::VARCHAR AS kind,
    recipient_domain, reason, sum(n)::BIGINT AS messages
FROM counted
GROUP BY counted.from_state, counted.to_state, counted.kind, recipient_domain, reason
HAVING sum(n) <> 0
ORDER BY counted.from_state NULLS FIRST, counted.to_state, counted.kind, messages DESC, recipient_domain, reason;
