-- leaving_event: one row per event that a deriving reader told before about its records and no longer tells.
-- Built from: event, told_event, staged_again.
CREATE OR REPLACE TEMP TABLE leaving_event AS
SELECT event.*
FROM event SEMI JOIN staged_again USING (source_id, line)
ANTI JOIN told_event USING (delivery_key, event_key);

DELETE FROM event
USING leaving_event AS leaving
WHERE event.delivery_key = leaving.delivery_key AND event.event_key = leaving.event_key;

-- Records whose events are derived anew tell anew what they repeat.
DELETE FROM repeated_event
USING staged_again AS again
WHERE repeated_event.source_id = again.source_id AND repeated_event.line = again.line;
