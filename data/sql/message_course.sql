-- message_course: one row per touched message: where each kind of event first stands among its events, and what follows
-- from that for the message as a whole. Built from: touched_event, delivery.
-- The place of an event: its time, then its kind (data/events.py), then its content. Engagement is of one rank.
CREATE OR REPLACE TEMP MACRO rank_of(kind) AS
    CASE WHEN kind = 'unknown' THEN 15 ELSE least(enum_code(kind::kind), 9) END;
CREATE OR REPLACE TEMP MACRO place_at(event_time, kind, tie) AS
    (((epoch_us(event_time) * 16 + rank_of(kind))::HUGEINT << 64) + tie)::DECIMAL(38, 0);
CREATE OR REPLACE TEMP MACRO time_of(place) AS make_timestamp((place::HUGEINT >> 68)::BIGINT);
CREATE OR REPLACE TEMP MACRO tie_of(place) AS place::HUGEINT & 18446744073709551615::HUGEINT;

WITH placed AS (
    SELECT
        *, place_at(event_time, kind, event_key) AS place,
        kind NOT IN ('targeted', 'unknown') AS is_moving,
        CASE WHEN kind = 'relayed' THEN event_time ELSE least(queued_at, event_time) END AS relay_time
    FROM touched_event
),
first_place AS (
    SELECT
        delivery_key, message_key,
        min(place) AS first_known,
        min(place) FILTER (is_moving) AS first_moving,
        -- Of events at one moment, the earliest time of relay that any of them carries.
        min(place_at(event_time, kind, epoch_us(relay_time))) FILTER (is_moving) AS first_relay,
        min(place) FILTER (kind = 'relayed') AS first_relayed,
        min(place) FILTER (kind = 'rejected') AS first_rejected,
        min(place) FILTER (kind = 'deferred') AS first_deferred,
        min(place) FILTER (kind = 'delivered') AS first_delivered,
        min(place) FILTER (kind = 'bounced') AS first_bounced,
        -- Whoever is refused first is excluded; a refusal after that fails the message.
        least(
            min(place) FILTER (kind IN ('bounced', 'expired', 'failed')),
            CASE WHEN first_rejected > first_moving THEN first_rejected END) AS first_failure,
        min(place) FILTER (kind = 'cancelled') AS first_cancelled,
        least(first_delivered, first_failure) AS first_outcome,
        least(first_outcome, first_cancelled) AS first_decision,
        max(expires_at) AS expires_at,
        any_value(recipient_domain) AS recipient_domain,
        bool_or(test_profile) AS test_profile,
        min(event_time) FILTER (kind IN ('opened', 'clicked', 'unsubscribed')) AS opened_at,
        min(event_time) FILTER (kind = 'clicked') AS clicked_at
    FROM placed
    GROUP BY delivery_key, message_key
),
related AS (
    SELECT
        *,
        -- Whoever is refused or withdrawn first was never relayed.
        CASE
            WHEN first_moving IN (first_rejected, first_cancelled) THEN NULL
            ELSE make_timestamp(tie_of(first_relay)::BIGINT)
        END AS relayed_at
    FROM first_place
),
bounded AS (
    SELECT
        related.*, observed_until,
        coalesce(expires_at, relayed_at + to_microseconds((validity_hours * 3600000000)::BIGINT)) AS validity_end,
        -- A first deferral after the end finds the period over: nobody can have known before.
        CASE
            WHEN first_deferred IS NOT NULL AND relayed_at IS NOT NULL
                THEN greatest(validity_end, time_of(first_deferred))
        END AS ends_at,
        CASE WHEN first_decision IS NULL OR time_of(first_decision) > ends_at THEN ends_at END AS lapses_at
    FROM related JOIN delivery USING (delivery_key)
)
SELECT
    * EXCLUDE (first_relay, expires_at, observed_until, validity_end, ends_at),
    coalesce(lapses_at <= observed_until, false) AS is_lapsed
FROM bounded;
