-- How many messages and events carry which flags, up to a moment: one row per combination of flags of all (grouped_by 'all'),
-- of an hour, of a recipient domain, and of a link. messages: those whose events together carry these flags; events: those
-- that carry them by themselves. An hour begins behind its first moment and ends with the next full hour; hour is where it
-- begins. Built from: counted_event_of, transition.
-- Flags, added up: 1 opened, 2 clicked, 4 opted out, 8 complained; 16 one of the first three and 32 a click within
-- $machine_within (microseconds) of the message's first acceptance, so likely by a machine; 64 one of the first three and 128
-- a click at another time; 256 the message was not accepted by then, 512 stands in one of $failed_states.
-- Excluded messages count as well, as they do on the tile.
WITH message AS (
    SELECT
        message_key,
        min(moved_at) FILTER (to_state = 'delivered' AND moved_at <= $at) AS accepted_at,
        -- The moment and the place of the state in one number, as the maximum of a number is the cheapest.
        max(epoch_us(moved_at) * 8 + enum_code(to_state)) FILTER (moved_at <= $at) % 8 AS state
    FROM transition
    WHERE delivery_key = $delivery_key AND ($with_test_profiles OR NOT test_profile)
    GROUP BY message_key
),
tracked AS (
    SELECT
        message_key, kind, recipient_domain, coalesce(url, '') AS link,
        date_trunc('hour', event_time - INTERVAL 1 MICROSECOND) AS hour,
        kind <> 'complained'
            AND coalesce(date_diff('microsecond', accepted_at, event_time) BETWEEN 0 AND $machine_within, false) AS is_machine,
        accepted_at IS NULL AS is_unjudged,
        state IN (SELECT unnest($failed_states::INTEGER[])) AS is_failed
    FROM counted_event_of($delivery_key, true) AS counted_event JOIN message USING (message_key)
    WHERE delivery_key = $delivery_key AND event_time <= $at
        AND kind IN ('opened', 'clicked', 'unsubscribed', 'complained')
),
flagged AS (
    SELECT
        message_key, hour, recipient_domain, link,
        (
            CASE kind WHEN 'opened' THEN 1 WHEN 'clicked' THEN 2 WHEN 'unsubscribed' THEN 4 ELSE 8 END
            + CASE WHEN is_machine THEN 16 WHEN kind <> 'complained' THEN 64 ELSE 0 END
            + CASE WHEN kind <> 'clicked' THEN 0 WHEN is_machine THEN 32 ELSE 128 END
            + CASE WHEN is_unjudged THEN 256 ELSE 0 END
            + CASE WHEN is_failed THEN 512 ELSE 0 END
        )::SMALLINT AS flags
    FROM tracked
),
message_flagged AS (
    SELECT grouping(hour, recipient_domain, link) AS place, hour, recipient_domain, link, bit_or(flags) AS flags
    FROM flagged
    GROUP BY GROUPING SETS ((message_key), (message_key, hour), (message_key, recipient_domain), (message_key, link))
),
counted AS (
    SELECT place, hour, recipient_domain, link, flags, count(*) AS messages, 0 AS events
    FROM message_flagged
    GROUP BY ALL
    UNION ALL
    SELECT grouping(hour, recipient_domain, link) AS place, hour, recipient_domain, link, flags, 0, count(*)
    FROM flagged
    GROUP BY GROUPING SETS ((flags), (flags, hour), (flags, recipient_domain), (flags, link))
)
SELECT
    CASE place WHEN 7 THEN 'all' WHEN 3 THEN 'hour' WHEN 5 THEN 'recipient_domain' ELSE 'link' END AS grouped_by,
    hour, recipient_domain, link, flags, messages, events
FROM counted;
