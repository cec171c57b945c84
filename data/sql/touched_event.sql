-- touched_event: one row per distinct event of a batch's messages. Built from: batch_event, repeated_key. Which row stands
-- for an event must not depend on the order of imports, except in what the report counts as new: it is the one that tells
-- it earliest.
CREATE OR REPLACE TEMP VIEW touched_event AS
SELECT * REPLACE (kind::kind AS kind)
FROM batch_event ANTI JOIN repeated_key USING (delivery_key, message_key, event_key)
UNION ALL
(
    SELECT DISTINCT ON (delivery_key, message_key, event_key) * REPLACE (kind::kind AS kind)
    FROM batch_event SEMI JOIN repeated_key USING (delivery_key, message_key, event_key)
    ORDER BY delivery_key, message_key, event_key, event_time, content_key, is_arriving, source_id, line
);
