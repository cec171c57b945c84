-- A page of the messages that stood in some states at a moment, the latest change first: one row each, with its date (NULL
-- where the message had not moved yet, which makes it targeted). Built from: transition.
-- $after: a moment since which enough of them changed to fill the page, so that only what lies near is read.
WITH last_change AS (
    -- The moment and the place of the state in one number, as the maximum of a number is the cheapest: there are 8 states.
    SELECT message_key, max(epoch_us(moved_at) * 8 + enum_code(to_state)) AS change, bool_or(test_profile) AS test_profile
    FROM transition
    WHERE delivery_key = $delivery_key AND moved_at > $after AND moved_at <= $at
        AND ($with_test_profiles OR NOT test_profile) AND (NOT $relayed OR relayed_at <= $at)
    GROUP BY message_key
),
standing AS (
    SELECT message_key, make_timestamp(change // 8) AS date, test_profile
    FROM last_change
    WHERE change % 8 IN (SELECT unnest($states::INTEGER[]))
    UNION ALL
    SELECT message_key, NULL, test_profile
    FROM transition
    WHERE $unmoved AND delivery_key = $delivery_key AND from_state IS NULL AND moved_at > $at
        AND ($with_test_profiles OR NOT test_profile)
),
-- Whoever is ever excluded is outside To deliver all along.
excluded AS (
    SELECT message_key FROM transition
    WHERE $targeted AND delivery_key = $delivery_key AND to_state = 'excluded' AND moved_at > $at
)
SELECT message_key, date, test_profile
FROM standing ANTI JOIN excluded USING (message_key)
ORDER BY date DESC NULLS LAST, message_key
LIMIT $limit OFFSET $offset;
