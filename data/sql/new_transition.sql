-- new_transition: one row per change of state of a batch's messages (data/states.py). Built from: placed_event,
-- message_course.

-- What the events themselves change.
SELECT
    delivery_key, message_key, event_key, event_time AS moved_at, relayed_at,
    CASE WHEN is_first_known AND from_state = 'targeted' THEN NULL ELSE from_state END AS from_state,
    to_state, kind, bounce_type, reason, recipient_domain, test_profile
FROM placed_event
WHERE from_state <> to_state
UNION ALL
-- The relay that no record tells: at the queue time, else at the first event.
SELECT
    delivery_key, message_key, NULL, relayed_at, relayed_at,
    CASE WHEN first_known < first_moving THEN 'targeted'::state END, 'in_flight', 'relayed', NULL, NULL,
    recipient_domain, test_profile
FROM message_course
WHERE relayed_at IS NOT NULL AND first_moving IS DISTINCT FROM first_relayed
UNION ALL
-- The naming of a message before anything happened to it.
SELECT
    delivery_key, message_key, tie_of(first_known)::UBIGINT,
    least(time_of(first_known), relayed_at), relayed_at, NULL, 'targeted', 'targeted', NULL, NULL,
    recipient_domain, test_profile
FROM message_course
WHERE first_known IS DISTINCT FROM first_moving
UNION ALL
-- The end of the validity period with no final event.
SELECT
    delivery_key, message_key, NULL, lapses_at, relayed_at, 'retrying', 'inferred_expiry', 'expired', NULL, NULL,
    recipient_domain, test_profile
FROM message_course
WHERE is_lapsed;
