-- One row per change of state of some messages, in the order in which they happened. Built from: transition.
SELECT delivery_key, message_key, moved_at, to_state::VARCHAR AS state
FROM transition
WHERE delivery_key IN (SELECT unnest($delivery_keys::INTEGER[]))
    AND message_key IN (SELECT unnest($messages::UBIGINT[]))
ORDER BY moved_at, to_state;
