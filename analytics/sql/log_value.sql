-- One row per value by which the sending log of a delivery can be filtered: asked_by (domain, reason), value (empty where
-- none was told), messages: how many the log ever names with that domain, or how many changes of state give that reason.
-- The most frequent first. Built from: transition_count.
WITH counted AS (
    SELECT 'domain' AS asked_by, recipient_domain AS value, n
    FROM transition_count
    WHERE delivery_key = $delivery_key AND from_state IS NULL
    UNION ALL
    SELECT 'reason', coalesce(reason, ''), n
    FROM transition_count
    WHERE delivery_key = $delivery_key AND to_state IN ('retrying', 'failed', 'inferred_expiry', 'cancelled', 'excluded')
)
SELECT asked_by, value, sum(n)::BIGINT AS messages
FROM counted
GROUP BY ALL
HAVING sum(n) > 0
ORDER BY asked_by, messages DESC, value;
