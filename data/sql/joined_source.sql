-- source: records that another source names now are used, and those that none names any more are ignored again. Built
-- from: told_before, event, staged_again.
UPDATE source
SET used = used + change.n, ignored = ignored - change.n
FROM (
    SELECT source_id, sum(n)::BIGINT AS n
    FROM (
        SELECT DISTINCT source_id, line, 1 AS n FROM event SEMI JOIN staged_again USING (source_id, line)
        UNION ALL
        SELECT source_id, line, -1 FROM told_before
    ) AS told
    GROUP BY source_id
) AS change
WHERE source.source_id = change.source_id;
