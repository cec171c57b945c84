-- event: what another source told as well stays when an event leaves: the first of its repeats takes its place.
-- Built from: leaving_event, repeated_event. One event_id may have named another message there, so both are touched.
CREATE OR REPLACE TEMP TABLE returning_event AS
SELECT DISTINCT ON (delivery_key, event_key) repeated_event.*
FROM repeated_event SEMI JOIN leaving_event USING (delivery_key, event_key)
ORDER BY delivery_key, event_key, content_key, source_id, line;

DELETE FROM repeated_event
USING returning_event AS returned
WHERE repeated_event.delivery_key = returned.delivery_key AND repeated_event.event_key = returned.event_key
    AND repeated_event.source_id = returned.source_id AND repeated_event.line = returned.line;

INSERT INTO touched_message
SELECT delivery_key, message_key FROM leaving_event
UNION
SELECT delivery_key, message_key FROM returning_event;
