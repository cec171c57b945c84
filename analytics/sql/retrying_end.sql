-- One row: the latest end of a validity period of the messages that are being retried at a moment; NULL where none is. That is
-- the end which the log names for the message by then, else its relay + validity. A message is put off once and then
-- settles, so only changes to and from retrying are read. Built from: transition, event, delivery.
WITH changed AS (
    SELECT message_key, to_state, relayed_at
    FROM transition
    WHERE delivery_key = $delivery_key AND moved_at <= $at AND (to_state = 'retrying' OR from_state = 'retrying')
        AND ($with_test_profiles OR NOT test_profile)
),
retried AS (
    SELECT message_key, relayed_at
    FROM changed
    WHERE to_state = 'retrying' AND message_key NOT IN (SELECT message_key FROM changed WHERE to_state <> 'retrying')
),
told_end AS (
    SELECT message_key, max(expires_at) AS expires_at
    FROM event
    WHERE delivery_key = $delivery_key AND event_time <= $at AND expires_at IS NOT NULL
        AND message_key IN (SELECT message_key FROM retried)
    GROUP BY message_key
)
SELECT
    max(coalesce(expires_at, relayed_at + to_microseconds((validity_hours * 3600000000)::BIGINT))) AS retrying_end
FROM retried
LEFT JOIN told_end USING (message_key)
JOIN delivery ON delivery.delivery_key = $delivery_key;
