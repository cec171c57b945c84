-- loose_event: the completed events that do not name their message wholly; those without a line lie behind lines_before.
-- Built from: completed_event.
INSERT INTO loose_event BY NAME
SELECT
    $family AS family, coalesce(fallback_delivery_id, $declared_id) AS declared_id, coalesce(line, place + $lines_before) AS line,
    * EXCLUDE (line, place, is_loose, is_ignored, fallback_delivery_id, reject_reason)
FROM completed_event
WHERE is_loose AND reject_reason IS NULL;
