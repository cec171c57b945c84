-- One row per hour since the start in which messages still open at a moment were relayed (counted from 1, with its end; what
-- lies before belongs to the first): those in flight and those being retried, and the first and the last moment at which
-- their validity periods end. Built from: transition, counted_event_of, delivery.
WITH standing AS (
    SELECT
        message_key, min(relayed_at) AS relayed_at, max(moved_at) AS moved_at,
        max(epoch_us(moved_at) * 8 + enum_code(to_state)) % 8 AS state
    FROM transition
    WHERE delivery_key = $delivery_key AND moved_at <= $at AND ($with_test_profiles OR NOT test_profile)
    GROUP BY message_key
),
open_message AS (
    FROM standing WHERE state IN (enum_code('in_flight'::state), enum_code('retrying'::state))
),
told_end AS (
    SELECT message_key, max(expires_at) AS expires_at
    FROM counted_event_of($delivery_key, true) AS counted_event
    WHERE delivery_key = $delivery_key AND event_time <= $at AND expires_at IS NOT NULL
    GROUP BY message_key
),
ending AS (
    SELECT
        greatest(1, ceil((epoch_us(relayed_at) - epoch_us(started_at)) / 3600000000))::INTEGER AS relay_hour, state,
        greatest(
            coalesce(expires_at, relayed_at + to_microseconds((validity_hours * 3600000000)::BIGINT)),
            CASE WHEN state = enum_code('retrying'::state) THEN moved_at END
        ) AS ends_at
    FROM open_message
    LEFT JOIN told_end USING (message_key)
    JOIN delivery ON delivery.delivery_key = $delivery_key
)
SELECT
    relay_hour, count(*) FILTER (state = enum_code('in_flight'::state)) AS in_flight,
    count(*) FILTER (state = enum_code('retrying'::state)) AS retrying, min(ends_at) AS first_end, max(ends_at) AS last_end
FROM ending
GROUP BY relay_hour
ORDER BY relay_hour;
