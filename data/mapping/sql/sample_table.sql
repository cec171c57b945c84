-- sample_row: one row per row of a delimited file, of the first ones that are sound; told: the texts of its columns, empty
-- where there is none. Built from: the file.
WITH table_row AS (
    FROM read_csv(
        $path, auto_detect = false, header = false, skip = 1, delim = $delimiter, quote = '"', escape = '"',
        columns = $columns, max_line_size = $max_line_bytes, ignore_errors = true)
    LIMIT $limit
)
SELECT list_transform([*COLUMNS('^told_')], lambda text: coalesce(trim(text), '')) AS told
FROM table_row;
