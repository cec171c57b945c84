-- One row per reason of the messages of a recipient domain that are being retried at a moment: so many were put off for it.
-- A message is put off once and then settles, so only changes to and from retrying are read. Built from: transition.
WITH changed AS (
    SELECT message_key, to_state, reason
    FROM transition
    WHERE delivery_key = $delivery_key AND moved_at <= $at AND recipient_domain = $domain
        AND (to_state = 'retrying' OR from_state = 'retrying') AND ($with_test_profiles OR NOT test_profile)
)
SELECT coalesce(reason, '') AS reason, count(*) AS messages
FROM changed
WHERE to_state = 'retrying' AND message_key NOT IN (SELECT message_key FROM changed WHERE to_state <> 'retrying')
GROUP BY ALL
ORDER BY messages DESC, reason;
