-- import_report: one row, what the import of a source did. Built from: new_told, told_event, staged_rejection, source.
-- A record is used if an event of it is new; it is a duplicate if it tells only what was known.
WITH told_line AS (
    SELECT line FROM told_event WHERE source_id = $source_id
    UNION ALL
    SELECT line FROM staged_duplicate
),
counted AS (
    SELECT
        (SELECT count(DISTINCT line) FROM new_told WHERE source_id = $source_id) AS used,
        (SELECT count(DISTINCT line) FROM told_line) AS told,
        (SELECT count(*) FROM staged_rejection) AS rejected
)
SELECT
    source.name, source.format,
    $records AS records,
    counted.used,
    counted.told - counted.used AS duplicates,
    counted.rejected,
    $records - counted.told - counted.rejected AS ignored,
    (SELECT count(*) FROM new_told) AS events,
    -- Those that this import brought, whichever source told the event.
    (
        SELECT count(*) FROM new_contradiction ANTI JOIN old_contradiction USING (delivery_key, event_key)
    ) AS contradictions,
    (SELECT count(*) FROM new_told WHERE kind = 'unknown') AS unknown,
    (
        SELECT coalesce(list(delivery_id ORDER BY started_at, delivery_id), [])
        FROM delivery JOIN source_delivery USING (delivery_key) WHERE source_id = $source_id
    ) AS deliveries,
    (
        SELECT
            coalesce(
                list(
                    {'delivery_id': delivery_id, 'label': delivery.label, 'messages': messages}
                    ORDER BY messages DESC, started_at, delivery_id
                ),
                []
            )
        FROM delivery JOIN source_delivery USING (delivery_key) WHERE source_id = $source_id
    ) AS sizes,
    source.first_time,
    source.observed_until,
    EXISTS (
        SELECT 1 FROM told_event
        WHERE source_id = $source_id AND kind IN ('delivered', 'deferred')
    ) AS has_delivery_feedback,
    EXISTS (
        SELECT 1 FROM staged_event WHERE source_id = $source_id AND reject_reason IS NULL AND time_assumed
    ) AS time_assumed
FROM source, counted
WHERE source_id = $source_id;
