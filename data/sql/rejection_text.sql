-- staged_rejection: the texts of the rejected lines, as the file has them.
UPDATE staged_rejection
SET text = line_text.text
FROM (SELECT unnest($lines::BIGINT[]) AS line, unnest($texts::VARCHAR[]) AS text) AS line_text
WHERE staged_rejection.line = line_text.line AND staged_rejection.text IS NULL;
