-- One row per state, recipient domain and what was told of it: so many messages that ever failed, for now or for good, stand
-- so at a moment. reason, failure_type and kind are those of the last change; retry_reason that of the change to retrying.
-- States and kinds are their places in their enums. Built from: transition.
WITH failed AS (
    SELECT DISTINCT message_key
    FROM transition
    WHERE delivery_key = $delivery_key AND moved_at <= $at AND ($with_test_profiles OR NOT test_profile)
        AND to_state IN ('retrying', 'failed', 'inferred_expiry')
),
standing AS (
    SELECT
        message_key, any_value(recipient_domain) AS recipient_domain,
        max_by(
            struct_pack(state := enum_code(to_state), kind := enum_code(kind), reason := reason, failure_type := bounce_type),
            epoch_us(moved_at) * 8 + enum_code(to_state)
        ) AS last_change,
        max(reason) FILTER (to_state = 'retrying') AS retry_reason
    FROM transition SEMI JOIN failed USING (message_key)
    WHERE delivery_key = $delivery_key AND moved_at <= $at
    GROUP BY message_key
)
SELECT
    (last_change).state AS state, (last_change).kind AS kind, recipient_domain,
    coalesce((last_change).reason, '') AS reason, coalesce((last_change).failure_type, '') AS failure_type,
    coalesce(retry_reason, '') AS retry_reason, count(*) AS messages
FROM standing
GROUP BY ALL;
