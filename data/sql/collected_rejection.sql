-- staged_rejection: the records whose content could not be used join those that could not be taken apart; a record of
-- several rows is one.
INSERT INTO staged_rejection
SELECT coalesce(line, place + $lines_before) AS told_line, NULL, min(reject_reason)
FROM staged_event
WHERE reject_reason IS NOT NULL
GROUP BY told_line;
