-- postfix_line: one row per line of the file. Built from: the file. written_at: the time as written, '' where there is
-- none; told: what follows it, on the lines that can say something of a delivery; both NULL on a blank line.
CREATE OR REPLACE TEMP TABLE postfix_line AS
WITH record AS (
    SELECT coalesce(record_line::BIGINT, place) AS line, nullif(rtrim(text), '') AS text
    FROM (
        SELECT row_number() OVER () + $header_lines AS place, *
        FROM read_csv(
            $path, auto_detect = false, header = false, delim = $delimiter, quote = $quote, escape = $quote,
            columns = $columns, max_line_size = $max_line_bytes)
        UNION ALL BY NAME
        (SELECT NULL::VARCHAR AS record_line, NULL::VARCHAR AS text LIMIT 0)
    )
),
timed_record AS (
    SELECT
        line, text,
        CASE
            WHEN text LIKE '___ __ __:__:__ %' THEN left(text, 15)
            WHEN text LIKE '____-__-__T__:__:__%' THEN split_part(text, ' ', 1)
            WHEN text LIKE '____ ___ __ __:__:__%' THEN concat(left(text, 12), split_part(substr(text, 13), ' ', 1))
            WHEN text IS NOT NULL THEN ''
        END AS written_at
    FROM record
)
SELECT
    line, written_at,
    CASE
        WHEN contains(text, ' status=') OR ends_with(text, '(queue active)') OR ends_with(text, ': removed')
            OR contains(text, ': message-id=')
            THEN substr(text, length(written_at) + 2)
    END AS told
FROM timed_record;
