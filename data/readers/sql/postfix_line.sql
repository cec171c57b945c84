-- postfix_text: one row per line of the file, in their order. Built from: the file. written_at: the time as written, ''
-- where there is none; told: what follows it, on the lines that can say something of a delivery; both NULL on a blank
-- line. record_line: its number, where the place does not tell it.
CREATE OR REPLACE TEMP TABLE postfix_text AS
WITH line_text AS (
    FROM read_csv(
        $path, auto_detect = false, header = false, delim = $delimiter, quote = $quote, escape = $quote,
        columns = $columns, max_line_size = $max_line_bytes)
    UNION ALL BY NAME
    (SELECT NULL::VARCHAR AS record_line, NULL::VARCHAR AS text LIMIT 0)
),
-- rtrim looks at every character, and few lines need it.
trimmed_line AS (
    SELECT
        record_line::BIGINT AS record_line,
        CASE WHEN text[-1] BETWEEN '!' AND '~' THEN text ELSE nullif(rtrim(text), '') END AS text
    FROM line_text
),
timed_line AS (
    SELECT
        record_line, text,
        CASE
            WHEN text LIKE '___ __ __:__:__ %' THEN left(text, 15)
            WHEN text LIKE '____-__-__T__:__:__%' THEN split_part(text, ' ', 1)
            WHEN text LIKE '____ ___ __ __:__:__%' THEN concat(left(text, 12), split_part(substr(text, 13), ' ', 1))
            WHEN text IS NOT NULL THEN ''
        END AS written_at
    FROM trimmed_line
)
SELECT
    record_line, written_at,
    CASE
        WHEN regexp_matches(text, ': (?:to=<|from=<|message-id=|removed$)')
            -- substr to the end is slow where DuckDB does not know that a text is ASCII.
            THEN overlay(text PLACING '' FROM 1 FOR length(written_at) + 1)
    END AS told
FROM timed_line;

-- postfix_line: the same with the number of each line. (The first rowid of a table not yet committed is not 0.)
CREATE OR REPLACE TEMP VIEW postfix_line AS
SELECT coalesce(record_line, rowid - first_rowid + 1) AS line, written_at, told
FROM postfix_text, (SELECT min(rowid) AS first_rowid FROM postfix_text) AS file;
