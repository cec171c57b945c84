-- event, repeated_event: the staged events, each stored once. Built from: keyed_event, told_event, staged_again.
-- Of several events with one event_id the one with the smallest content_key stays, so that order of arrival is immaterial.

CREATE OR REPLACE TEMP TABLE repeated_key AS
SELECT delivery_key, event_key FROM told_event GROUP BY delivery_key, event_key HAVING count(*) > 1;

-- first_told: one row per distinct event of this import, by its keys.
CREATE OR REPLACE TEMP VIEW first_told AS
SELECT * FROM told_event ANTI JOIN repeated_key USING (delivery_key, event_key)
UNION ALL
(
    SELECT DISTINCT ON (delivery_key, event_key) told_event.*
    FROM told_event SEMI JOIN repeated_key USING (delivery_key, event_key)
    ORDER BY delivery_key, event_key, content_key, source_id, line
);

-- first_event: the same in full.
CREATE OR REPLACE TEMP VIEW first_event AS
SELECT * FROM keyed_event ANTI JOIN repeated_key USING (delivery_key, event_key)
UNION ALL
(
    SELECT DISTINCT ON (delivery_key, event_key) keyed_event.*
    FROM keyed_event SEMI JOIN repeated_key USING (delivery_key, event_key)
    ORDER BY delivery_key, event_key, content_key, source_id, line
);

-- known_event: one row per stored event that arrives again.
CREATE OR REPLACE TEMP TABLE known_event AS
SELECT
    event.*,
    first_told.source_id AS again_source_id, first_told.line AS again_line,
    coalesce(first_told.content_key < event.content_key, false) AS is_superseded
FROM event JOIN first_told USING (delivery_key, event_key);

-- What arrives again from elsewhere; what a better version supersedes; and, as a deriving reader stages the events of
-- several sources at once, what one of them repeats there and then.
INSERT INTO repeated_event
SELECT first_event.*
FROM first_event SEMI JOIN (
    SELECT delivery_key, event_key FROM known_event
    WHERE NOT is_superseded AND (source_id <> again_source_id OR line <> again_line)
) AS again USING (delivery_key, event_key)
UNION ALL
SELECT * EXCLUDE (again_source_id, again_line, is_superseded) FROM known_event WHERE is_superseded
UNION ALL
SELECT keyed_event.*
FROM keyed_event
SEMI JOIN repeated_key USING (delivery_key, event_key)
SEMI JOIN staged_again USING (source_id, line)
JOIN first_told AS told USING (delivery_key, event_key)
WHERE keyed_event.source_id <> told.source_id;

DELETE FROM event
USING known_event AS known
WHERE known.is_superseded AND event.delivery_key = known.delivery_key AND event.event_key = known.event_key;

CREATE OR REPLACE TEMP TABLE kept_key AS
SELECT delivery_key, event_key FROM known_event WHERE NOT is_superseded;

-- new_told: one row per event that this import adds to what was known, by its keys.
CREATE OR REPLACE TEMP VIEW new_told AS
SELECT * FROM first_told ANTI JOIN kept_key USING (delivery_key, event_key);

INSERT INTO event SELECT * FROM first_event ANTI JOIN kept_key USING (delivery_key, event_key);

INSERT INTO touched_message
SELECT delivery_key, message_key FROM new_told
UNION
SELECT delivery_key, message_key FROM known_event WHERE is_superseded;

-- A source whose records now belong to another delivery no longer speaks of this one.
DELETE FROM source_delivery
WHERE source_id IN (SELECT source_id FROM staged_again)
    AND NOT EXISTS (
        SELECT 1 FROM event
        WHERE event.source_id = source_delivery.source_id AND event.delivery_key = source_delivery.delivery_key)
    AND NOT EXISTS (
        SELECT 1 FROM repeated_event AS repeated
        WHERE repeated.source_id = source_delivery.source_id AND repeated.delivery_key = source_delivery.delivery_key)
    AND NOT EXISTS (
        SELECT 1 FROM staged_source_delivery AS staged
        WHERE staged.source_id = source_delivery.source_id AND staged.delivery_key = source_delivery.delivery_key);
