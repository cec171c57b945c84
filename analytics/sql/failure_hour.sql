-- One row per recipient domain, hour since the start in which something came back, and hour of the relay, up to a moment:
-- messages relayed that had a failure or, if that is asked, an acceptance (tried), and a failure (failing). Hours are counted
-- from 1 and hold their end; what lies before the start belongs to the first. hour is NULL in the rows that say how many
-- were relayed. Built from: transition, counted_event_of.
WITH message AS (
    SELECT
        message_key, any_value(recipient_domain) AS recipient_domain, min(relayed_at) AS relayed_at,
        greatest(1, (epoch_us(min(relayed_at)) - epoch_us($started_at::TIMESTAMP) + 3599999999) // 3600000000) AS relay_hour
    FROM transition
    WHERE delivery_key = $delivery_key AND ($with_test_profiles OR NOT test_profile)
    GROUP BY message_key
    HAVING NOT bool_or(to_state = 'excluded') AND min(relayed_at) IS NOT NULL
),
message_hour AS (
    SELECT
        message_key,
        greatest(1, (epoch_us(event_time) - epoch_us($started_at::TIMESTAMP) + 3599999999) // 3600000000) AS hour,
        bool_or(kind <> 'delivered') AS is_failing
    FROM counted_event_of($delivery_key, false)
    WHERE event_time <= $at
        AND (
            kind IN ('deferred', 'bounced', 'expired', 'failed', 'rejected')
            OR ($is_accepted_asked AND kind = 'delivered')
        )
    GROUP BY message_key, hour
)
SELECT
    recipient_domain, hour, relay_hour, count(*) AS tried, count(*) FILTER (is_failing) AS failing, 0 AS relayed
FROM message_hour JOIN message USING (message_key)
GROUP BY recipient_domain, hour, relay_hour
UNION ALL
SELECT recipient_domain, NULL, relay_hour, 0, 0, count(*)
FROM message
WHERE relayed_at <= $at
GROUP BY recipient_domain, relay_hour;
