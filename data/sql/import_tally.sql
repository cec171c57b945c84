-- import_tally, used_line, told_feature: what a batch adds to the report and to the deliveries. Where every record is one
-- row, the rows are counted; else their lines are kept to be told apart. Built from: touched_event,
-- leaving_event, new_contradiction, old_contradiction.
CREATE OR REPLACE TEMP VIEW new_event AS
SELECT source_id, line, kind
FROM touched_event ANTI JOIN leaving_event USING (delivery_key, message_key, event_key, content_key)
WHERE is_arriving;

INSERT INTO import_tally
SELECT
    count(*) AS events,
    count(*) FILTER (kind = 'unknown') AS unknown,
    count(*) FILTER (source_id = $source_id AND $tells_once) AS used,
    -- Those that this import brought, whichever source told the event.
    (
        SELECT count(*)
        FROM new_contradiction ANTI JOIN old_contradiction USING (delivery_key, message_key, event_key)
    ) AS contradictions
FROM new_event;

INSERT INTO used_line SELECT line FROM new_event WHERE source_id = $source_id AND NOT $tells_once;

INSERT INTO told_feature
SELECT
    delivery_key, bool_or(kind IN ('delivered', 'deferred')) AS has_delivery_feedback,
    bool_or(time_assumed) AS time_assumed
FROM touched_event
GROUP BY delivery_key;
