-- new_transition, new_contradiction: the fold of the touched messages (data/states.py). Built from: event, delivery,
-- touched_message, allowed_transition. The state before an event follows from what came before it: the first event, the
-- first decision, whether a bounce or a deferral came earlier, and whether the validity period ended meanwhile.

CREATE OR REPLACE TEMP VIEW touched_event AS
SELECT * FROM event SEMI JOIN touched_message USING (delivery_key, message_key);

CREATE OR REPLACE TEMP TABLE placed_event AS
WITH moving_event AS (
    SELECT
        delivery_key, message_key, event_key, kind, event_time, queued_at, expires_at, bounce_type, reason,
        recipient_domain, test_profile
    FROM touched_event
    WHERE kind NOT IN ('opened', 'clicked', 'unsubscribed', 'subscribed', 'complained', 'autoresponded', 'unknown')
    UNION ALL
    -- Engagement moves no message, but its first sign shows that the message had been relayed; an unknown event at least
    -- that there is a message.
    SELECT
        delivery_key, message_key, NULL, CASE WHEN is_unknown THEN 'unknown'::kind ELSE 'opened'::kind END, (first_sign).event_time,
        (first_sign).queued_at, NULL, NULL, NULL, recipient_domain, test_profile
    FROM (
        SELECT
            delivery_key, message_key, kind = 'unknown' AS is_unknown,
            min(struct_pack(event_time := event_time, queued_at := queued_at)) AS first_sign,
            min(recipient_domain) AS recipient_domain, bool_or(test_profile) AS test_profile
        FROM touched_event
        WHERE kind IN ('opened', 'clicked', 'unsubscribed', 'subscribed', 'complained', 'autoresponded', 'unknown')
        GROUP BY delivery_key, message_key, is_unknown
    ) AS sign
),
remembered_event AS (
    SELECT
        *,
        kind NOT IN ('targeted', 'unknown') AS is_moving,
        row_number() OVER past AS place,
        first_value(CASE WHEN kind NOT IN ('targeted', 'unknown') THEN kind END IGNORE NULLS) OVER message AS first_kind,
        first_value(
            CASE
                WHEN kind = 'relayed' THEN event_time
                WHEN kind NOT IN ('targeted', 'unknown') THEN least(queued_at, event_time)
            END IGNORE NULLS
        ) OVER message AS first_moved_at,
        max(expires_at) OVER message AS expires_at_latest,
        bool_or(test_profile) OVER message AS is_test_profile,
        min(CASE WHEN kind = 'deferred' THEN event_time END) OVER message AS first_deferred_at,
        min(CASE WHEN kind IN ('delivered', 'bounced', 'expired', 'failed', 'cancelled') THEN event_time END)
            OVER message AS first_decision_at,
        coalesce(bool_or(kind NOT IN ('targeted', 'unknown')) OVER past, false) AS has_moved,
        coalesce(bool_or(kind = 'deferred') OVER past, false) AS was_deferred,
        coalesce(bool_or(kind = 'bounced') OVER past, false) AS was_bounced,
        first_value(CASE WHEN kind IN ('delivered', 'bounced', 'expired', 'failed') THEN kind END IGNORE NULLS)
            OVER past AS past_outcome,
        first_value(
            CASE WHEN kind IN ('delivered', 'bounced', 'expired', 'failed', 'cancelled') THEN kind END IGNORE NULLS
        ) OVER past AS past_decision
    FROM moving_event
    WINDOW
        message AS (
            PARTITION BY delivery_key, message_key ORDER BY event_time, kind, queued_at, event_key
            ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING),
        past AS (
            PARTITION BY delivery_key, message_key ORDER BY event_time, kind, queued_at, event_key
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
judged_event AS (
    SELECT
        remembered_event.*,
        CASE WHEN first_kind NOT IN ('rejected', 'cancelled') THEN first_moved_at END AS relayed_at,
        coalesce(
            expires_at_latest, relayed_at + to_microseconds((validity_hours * 3600000000)::BIGINT)) AS validity_end,
        -- A first deferral after the end finds the period over: nobody can have known before.
        CASE WHEN first_deferred_at IS NOT NULL THEN greatest(validity_end, first_deferred_at) END AS lapsed_at,
        coalesce(
            first_kind NOT IN ('rejected', 'cancelled')
            AND lapsed_at <= observed_until
            AND coalesce(first_decision_at > lapsed_at, true), false) AS is_lapsed
    FROM remembered_event JOIN delivery USING (delivery_key)
)
SELECT
    delivery_key, message_key, event_key, kind, event_time, relayed_at, lapsed_at, is_lapsed, place, is_moving,
    has_moved, bounce_type, reason, recipient_domain, is_test_profile AS test_profile,
    CASE
        WHEN NOT has_moved AND kind IN ('targeted', 'unknown', 'rejected', 'relayed', 'cancelled') THEN 'targeted'
        WHEN NOT has_moved THEN 'in_flight'
        WHEN first_kind = 'rejected' THEN 'excluded'
        WHEN first_kind = 'cancelled' THEN 'cancelled'
        WHEN is_lapsed AND past_outcome IS NULL AND event_time > lapsed_at THEN 'inferred_expiry'
        WHEN past_decision = 'cancelled' AND NOT is_lapsed THEN 'cancelled'
        WHEN past_outcome = 'delivered' AND NOT was_bounced THEN 'delivered'
        WHEN past_outcome IS NOT NULL THEN 'failed'
        WHEN was_deferred THEN 'retrying'
        ELSE 'in_flight'
    END::state AS from_state
FROM judged_event;

CREATE OR REPLACE TEMP TABLE new_transition AS
-- What the events themselves change.
SELECT
    delivery_key, message_key, event_key, event_time AS moved_at, relayed_at,
    CASE WHEN place = 1 AND from_state = 'targeted' THEN NULL ELSE from_state END AS from_state,
    to_state, kind, bounce_type, reason, recipient_domain, test_profile
FROM placed_event JOIN allowed_transition USING (from_state, kind)
WHERE from_state <> to_state
UNION ALL
-- The relay that no record tells: at the queue time, else at the first event.
SELECT
    delivery_key, message_key, NULL, relayed_at, relayed_at, CASE WHEN place > 1 THEN 'targeted'::state END,
    'in_flight', 'relayed', NULL, NULL, recipient_domain, test_profile
FROM placed_event
WHERE NOT has_moved AND from_state = 'in_flight'
UNION ALL
-- The naming of a message before anything happened to it.
SELECT
    delivery_key, message_key, event_key, least(event_time, relayed_at), relayed_at, NULL,
    'targeted', 'targeted', NULL, NULL, recipient_domain, test_profile
FROM placed_event
WHERE place = 1 AND NOT is_moving
UNION ALL
-- The end of the validity period with no final event.
SELECT
    delivery_key, message_key, NULL, lapsed_at, relayed_at, 'retrying',
    'inferred_expiry', 'expired', NULL, NULL, recipient_domain, test_profile
FROM placed_event
WHERE place = 1 AND is_lapsed;

CREATE OR REPLACE TEMP TABLE new_contradiction AS
SELECT delivery_key, message_key, event_key, from_state, kind
FROM placed_event ANTI JOIN allowed_transition USING (from_state, kind)
WHERE kind NOT IN ('opened', 'clicked', 'unsubscribed', 'subscribed', 'complained', 'autoresponded', 'unknown');

CREATE OR REPLACE TEMP TABLE new_engagement AS
SELECT
    delivery_key, message_key, min(event_time) AS opened_at, min(event_time) FILTER (kind = 'clicked') AS clicked_at,
    (delivery_key, message_key) IN (
        SELECT (delivery_key, message_key) FROM new_transition WHERE test_profile) AS test_profile
FROM touched_event
WHERE kind IN ('opened', 'clicked', 'unsubscribed')
GROUP BY delivery_key, message_key;
