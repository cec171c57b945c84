-- event, repeated_event, source_delivery, rejected_line, source: without the source. Its messages are touched; what another
-- source told as well stays: the first of those repeats takes the event's place.
CREATE OR REPLACE TEMP TABLE leaving_event AS FROM event WHERE source_id = $source_id;

INSERT INTO touched_message SELECT DISTINCT delivery_key, message_key FROM leaving_event;
-- Deliveries that the source only watched longer than others did lose that knowledge.
INSERT INTO affected_delivery
SELECT delivery_key FROM source_delivery WHERE source_id = $source_id;

DELETE FROM event WHERE source_id = $source_id;
DELETE FROM repeated_event WHERE source_id = $source_id;

CREATE OR REPLACE TEMP TABLE returning_event AS
SELECT DISTINCT ON (delivery_key, event_key) repeated_event.*
FROM repeated_event SEMI JOIN leaving_event USING (delivery_key, event_key)
ORDER BY delivery_key, event_key, content_key, source_id, line;
INSERT INTO event FROM returning_event;
-- One event_id may have named another message in the other source.
INSERT INTO touched_message SELECT delivery_key, message_key FROM returning_event;
DELETE FROM repeated_event
USING returning_event AS promoted
WHERE repeated_event.delivery_key = promoted.delivery_key AND repeated_event.event_key = promoted.event_key
    AND repeated_event.source_id = promoted.source_id AND repeated_event.line = promoted.line;

DELETE FROM source_delivery WHERE source_id = $source_id;
DELETE FROM rejected_line WHERE source_id = $source_id;
DELETE FROM source WHERE source_id = $source_id;
