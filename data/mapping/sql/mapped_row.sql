-- mapped_row: one row per row of a delimited file, in their order. Built from: the file. line: NULL unless the file names it;
-- told: the texts of the columns that are asked for.
WITH table_row AS (
    FROM read_csv(
        $path, auto_detect = false, header = false, skip = $header_lines, delim = $delimiter, quote = $quote, escape = '"',
        columns = $columns, max_line_size = $max_line_bytes)
    UNION ALL BY NAME
    (SELECT NULL::VARCHAR AS record_line LIMIT 0)
)
SELECT
    record_line::BIGINT AS line,
    [*COLUMNS('^told_')] AS told
FROM table_row;
