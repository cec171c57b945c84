-- staged_rejection: the records whose content could not be used join those that could not be taken apart.
INSERT INTO staged_rejection
SELECT coalesce(line, place + $lines_before), NULL, reject_reason FROM staged_event WHERE reject_reason IS NOT NULL;
