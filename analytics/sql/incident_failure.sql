-- One row per span of time at a recipient domain: messages relayed that had a failure in it, and the reason told most often.
-- A span begins after its first moment (NULL: with the log) and holds its last. Built from: transition, counted_event_of.
WITH span AS (
    SELECT
        unnest($domains::VARCHAR[]) AS recipient_domain, unnest($sinces::TIMESTAMP[]) AS since,
        unnest($untils::TIMESTAMP[]) AS until, generate_subscripts($domains::VARCHAR[], 1) AS place
),
message AS (
    SELECT message_key
    FROM transition
    WHERE delivery_key = $delivery_key AND ($with_test_profiles OR NOT test_profile)
        AND list_contains($domains::VARCHAR[], recipient_domain)
    GROUP BY message_key
    HAVING NOT bool_or(to_state = 'excluded') AND min(relayed_at) IS NOT NULL
)
SELECT
    place, count(DISTINCT message_key) AS messages,
    coalesce(mode(reason ORDER BY reason), '') AS reason
FROM counted_event_of($delivery_key, true) AS counted_event
SEMI JOIN message USING (message_key)
JOIN span ON span.recipient_domain = counted_event.recipient_domain
    AND (since IS NULL OR event_time > since) AND event_time <= until
WHERE delivery_key = $delivery_key AND event_time <= $at AND list_contains($kinds::INTEGER[], enum_code(kind))
GROUP BY place
ORDER BY place;
