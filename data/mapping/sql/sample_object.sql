-- sample_row: one row per JSON record of a file with one a line, of the first ones that are sound; told: the texts under the
-- pointers, empty where there is none. Built from: the file.
WITH line_text AS (
    FROM read_csv(
        $path, auto_detect = false, header = false, delim = E'\x01', quote = '', escape = '',
        columns = {'text': 'VARCHAR'}, max_line_size = $max_line_bytes, ignore_errors = true)
    LIMIT $limit
)
SELECT list_transform(json_extract_string(text, $pointers::VARCHAR[]), lambda text: coalesce(trim(text), '')) AS told
FROM line_text
WHERE starts_with(ltrim(text), '{') AND json_valid(text);
