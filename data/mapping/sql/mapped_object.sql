-- mapped_row: one row per JSON record; told: the texts under the pointers, NULL where there is none. Built from: record.
SELECT line, json_extract_string(told, $pointers::VARCHAR[]) AS told
FROM record
WHERE told IS NOT NULL;
