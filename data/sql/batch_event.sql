-- batch_event: one row per told event of a batch's messages. Built from: event, batch_message, staged_again. is_arriving:
-- whether a record that is being imported tells it. The deliveries are given as bounds, so that only their part of the
-- table is read; in there the message's key alone is looked for, which is twice as fast.
SELECT
    delivery_key, message_key, event_key, content_key, kind, event_time, queued_at, expires_at, bounce_type, reason,
    recipient_domain, test_profile, time_assumed, source_id, line,
    coalesce(source_id = $source_id, false) OR (source_id, line) IN (SELECT (source_id, line) FROM staged_again)
        AS is_arriving
FROM event SEMI JOIN batch_message USING (message_key)
WHERE delivery_key BETWEEN $first_delivery AND $last_delivery;
