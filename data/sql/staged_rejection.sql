-- staged_rejection: the records that could not be taken apart. Built from: the spool of rejections (line, text, reason).
INSERT INTO staged_rejection
SELECT line, text, reason
FROM read_csv(
    $path, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
    max_line_size = $max_line_bytes, columns = {'line': 'BIGINT', 'text': 'VARCHAR', 'reason': 'VARCHAR'});
