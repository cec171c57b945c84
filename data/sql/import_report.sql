-- import_report: one row, what the import of a source did. Built from: import_tally, used_line, staged_rejection,
-- staged_duplicate, event, source. A record is used if an event of it is new; it is a duplicate if it tells only what
-- was known.
WITH told_line AS (
    SELECT line FROM event WHERE source_id = $source_id
    UNION ALL
    SELECT line FROM staged_duplicate
),
-- Telling lines apart is dear, and needless where every record is one row.
counted AS (
    SELECT
        (SELECT coalesce(sum(used), 0) FROM import_tally) + (SELECT count(DISTINCT line) FROM used_line) AS used,
        CASE
            WHEN $tells_once THEN (SELECT count(*) FROM told_line)
            ELSE (SELECT count(DISTINCT line) FROM told_line WHERE NOT $tells_once)
        END AS told,
        (SELECT count(*) FROM staged_rejection) AS rejected
)
SELECT
    source.name, source.format,
    $records AS records,
    counted.used,
    told - counted.used AS duplicates,
    counted.rejected,
    $records - told - counted.rejected AS ignored,
    tally.events, tally.unknown, tally.contradictions,
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
        SELECT 1 FROM event WHERE source_id = $source_id AND kind IN ('delivered', 'deferred')
    ) AS has_delivery_feedback,
    EXISTS (SELECT 1 FROM event WHERE source_id = $source_id AND time_assumed) AS time_assumed
FROM source, counted, (
    SELECT
        coalesce(sum(events), 0) AS events, coalesce(sum(unknown), 0) AS unknown,
        coalesce(sum(contradictions), 0) AS contradictions
    FROM import_tally
) AS tally
WHERE source_id = $source_id;
