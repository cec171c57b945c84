-- touched_event: one row per distinct event of the touched messages of a batch. Built from: event, touched_message, batch,
-- staged_again. is_arriving: whether a record that is being imported tells it. The deliveries are given as bounds, so
-- that only their part of the table is read; in there the message's key alone is looked for, which is twice as fast.
CREATE OR REPLACE TEMP TABLE batch_message AS
SELECT delivery_key, message_key
FROM touched_message JOIN batch USING (delivery_key)
WHERE number = $number AND message_key % parts = part;

CREATE OR REPLACE TEMP TABLE touched_event AS
SELECT
    delivery_key, message_key, event_key, content_key, kind, event_time, queued_at, expires_at, bounce_type, reason,
    recipient_domain, test_profile, time_assumed, source_id, line,
    coalesce(source_id = $source_id, false) OR (source_id, line) IN (SELECT (source_id, line) FROM staged_again)
        AS is_arriving
FROM event SEMI JOIN batch_message USING (message_key)
WHERE delivery_key BETWEEN $first_delivery AND $last_delivery;

CREATE OR REPLACE TEMP TABLE repeated_key AS
SELECT delivery_key, message_key, event_key
FROM touched_event
GROUP BY delivery_key, message_key, event_key
HAVING count(*) > 1;

-- Which row stands for an event must not depend on the order of imports, except in what the report counts as new.
DELETE FROM touched_event
WHERE rowid IN (
    SELECT row_number
    FROM (
        SELECT
            touched_event.rowid AS row_number,
            row_number() OVER (
                PARTITION BY delivery_key, message_key, event_key
                ORDER BY content_key, is_arriving, source_id, line) AS place
        FROM touched_event SEMI JOIN repeated_key USING (delivery_key, message_key, event_key)
    )
    WHERE place > 1);
