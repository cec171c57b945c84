-- record: one row per line of a JSON log, in their order. Built from: the file. line: NULL unless the file names it;
-- problem: why the line cannot be used.
WITH line_text AS (
    FROM read_csv(
        $path, auto_detect = false, header = false, delim = $delimiter, quote = $quote, escape = $quote,
        columns = $columns, max_line_size = $max_line_bytes)
    UNION ALL BY NAME
    (SELECT NULL::VARCHAR AS record_line, NULL::VARCHAR AS text LIMIT 0)
),
told_line AS (
    SELECT
        record_line::BIGINT AS line,
        coalesce(trim(text), '') = '' AS is_blank,
        CASE WHEN starts_with(ltrim(text), '{') THEN TRY(from_json(text, $shape)) END AS told,
        contains(text, '\u0000') AS holds_nul
    FROM line_text
)
SELECT
    line, is_blank,
    CASE WHEN NOT holds_nul THEN told END AS told,
    told IS NULL AND NOT is_blank AS is_broken,
    CASE WHEN is_broken THEN 'the line is no JSON object' WHEN holds_nul THEN 'the line holds NUL characters' END AS problem
FROM told_line;
