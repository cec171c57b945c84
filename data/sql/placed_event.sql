-- placed_event: one row per event that can move its message, with the state before it and the one that it leads to (NULL
-- where the table of transitions does not allow it). Built from: touched_event, message_course, allowed_transition.
WITH followed AS (
    SELECT
        touched_event.* EXCLUDE (recipient_domain, test_profile),
        course.* EXCLUDE (delivery_key, message_key),
        place_at(event_time, kind, event_key) AS place
    FROM touched_event JOIN message_course AS course USING (delivery_key, message_key)
    WHERE kind IN (
        'targeted', 'rejected', 'relayed', 'deferred', 'delivered', 'bounced', 'expired', 'failed', 'cancelled')
),
stated AS (
    SELECT
        *,
        CASE
            WHEN coalesce(first_moving >= place, true) THEN
                CASE WHEN kind IN ('targeted', 'rejected', 'relayed', 'cancelled') THEN 'targeted' ELSE 'in_flight' END
            WHEN first_moving = first_rejected THEN 'excluded'
            WHEN first_moving = first_cancelled THEN 'cancelled'
            WHEN is_lapsed AND event_time > lapses_at AND coalesce(first_outcome >= place, true) THEN 'inferred_expiry'
            WHEN first_cancelled = first_decision AND first_cancelled < place AND NOT is_lapsed THEN 'cancelled'
            WHEN first_delivered = first_outcome AND first_delivered < place AND coalesce(first_bounced >= place, true)
                THEN 'delivered'
            WHEN first_outcome < place THEN 'failed'
            WHEN first_deferred < place THEN 'retrying'
            ELSE 'in_flight'
        END::state AS from_state
    FROM followed
)
SELECT
    delivery_key, message_key, event_key, kind, event_time, relayed_at, bounce_type, reason, recipient_domain,
    test_profile, from_state, to_state, place = first_known AS is_first_known
FROM stated LEFT JOIN allowed_transition USING (from_state, kind);
