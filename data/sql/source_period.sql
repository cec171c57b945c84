-- source: the period that the file speaks of: the reader's word, else its first and last event, whether or not it is
-- known yet whose it is.
UPDATE source
SET first_time = coalesce($first_time, period.first_time), observed_until = coalesce($observed_until, period.last_time)
FROM (
    SELECT min(event_time) AS first_time, max(event_time) AS last_time
    FROM (
        SELECT event_time FROM event WHERE source_id = $source_id
        UNION ALL
        SELECT event_time FROM loose_event WHERE source_id = $source_id
    ) AS told_time
) AS period
WHERE source_id = $source_id;
