-- affected_loose: the loose events whose message a source may name, and its own. Built from: loose_event, event.
CREATE OR REPLACE TEMP TABLE affected_loose AS
WITH told AS (
    SELECT message_id, lower(recipient) AS address FROM event WHERE source_id = $source_id
    UNION
    SELECT message_id, lower(recipient) FROM loose_event WHERE source_id = $source_id
)
SELECT *
FROM loose_event
WHERE family = $family
    AND (
        source_id = $source_id
        OR message_id IN (SELECT message_id FROM told)
        OR (message_id IS NULL AND lower(recipient) IN (SELECT address FROM told)));
