-- momentum_line: one row per line of a Momentum log, in their order. Built from: the file. line: NULL unless the file names
-- it; fields: what stands between the "@", without the escapes, NULL on a blank line.
WITH line_text AS (
    FROM read_csv(
        $path, auto_detect = false, header = false, delim = $delimiter, quote = $quote, escape = $quote,
        columns = $columns, max_line_size = $max_line_bytes)
    UNION ALL BY NAME
    (SELECT NULL::VARCHAR AS record_line, NULL::VARCHAR AS text LIMIT 0)
)
SELECT
    record_line::BIGINT AS line,
    CASE
        WHEN coalesce(trim(text), '') = '' THEN NULL
        WHEN contains(text, '\')
            THEN list_transform(
                -- A backslash makes a plain character of a backslash or an "@" behind it.
                string_split(replace(replace(text, '\\', chr(2)), '\@', chr(3)), '@'),
                lambda field: replace(replace(field, chr(3), '@'), chr(2), '\'))
        ELSE string_split(text, '@')
    END AS fields
FROM line_text;
