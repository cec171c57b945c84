-- A page of the counted messages, the latest change first: one row each, with the address and the reply behind it.
-- Addresses are masked here, so that hidden ones never leave the store.
WITH page AS (
    FROM counted_message ORDER BY moved_at DESC NULLS LAST, message_key LIMIT $limit OFFSET $offset
),
addressed AS (
    SELECT message_key, min(recipient) AS recipient, any_value(recipient_domain) AS recipient_domain
    FROM event
    WHERE delivery_key = $delivery_key AND message_key IN (SELECT message_key FROM page)
    GROUP BY message_key
),
told AS (
    SELECT event_key, any_value(diagnostic) AS diagnostic
    FROM event
    WHERE delivery_key = $delivery_key AND event_key IN (SELECT event_key FROM page)
    GROUP BY event_key
)
SELECT
    page.moved_at AS date,
    page.state::VARCHAR AS state,
    CASE
        WHEN NOT $masked THEN addressed.recipient
        WHEN addressed.recipient_domain = '' THEN concat(left(addressed.recipient, 1), '***')
        ELSE concat(left(addressed.recipient, 1), '***@', addressed.recipient_domain)
    END AS address,
    page.reason AS nature_of_failure,
    told.diagnostic AS reason,
    page.bounce_type AS failure_type,
    page.test_profile
FROM page
LEFT JOIN addressed USING (message_key)
LEFT JOIN told USING (event_key)
ORDER BY page.moved_at DESC NULLS LAST, page.message_key;
