-- leaving_event: what the records in staged_again told before leaves; they tell anew. Built from: event, staged_again.
INSERT INTO leaving_event
SELECT event.rowid, delivery_key, message_key, event_key, content_key
FROM event SEMI JOIN staged_again USING (source_id, line);
