-- One row per SMTP reply code ('' where none was told) and state: so many messages that ever failed stand so at a moment and
-- had a failure with that code. One with several codes is in several rows. States are their places in their enum.
-- Built from: transition, counted_event_of.
WITH failed AS (
    SELECT DISTINCT message_key
    FROM transition
    WHERE delivery_key = $delivery_key AND moved_at <= $at AND ($with_test_profiles OR NOT test_profile)
        AND to_state IN ('retrying', 'failed', 'inferred_expiry')
),
standing AS (
    SELECT message_key, max(epoch_us(moved_at) * 8 + enum_code(to_state)) % 8 AS state
    FROM transition SEMI JOIN failed USING (message_key)
    WHERE delivery_key = $delivery_key AND moved_at <= $at
    GROUP BY message_key
),
told_code AS (
    SELECT DISTINCT message_key, coalesce(smtp_code::VARCHAR, '') AS code
    FROM counted_event_of($delivery_key, true) AS counted_event
    WHERE delivery_key = $delivery_key AND event_time <= $at
        AND list_contains($kinds::INTEGER[], enum_code(kind))
)
SELECT code, state, count(*) AS messages
FROM told_code JOIN standing USING (message_key)
GROUP BY code, state;
