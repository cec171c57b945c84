-- record: one row per row of a delimited file, in their order, with a text for each column that is wanted. Built from: the
-- file, known_column.
CREATE OR REPLACE TEMP VIEW record AS
FROM read_csv(
    getvariable('path'), auto_detect = false, header = false, skip = getvariable('header_lines'),
    delim = getvariable('delimiter'), quote = getvariable('quote'), escape = '"', columns = getvariable('columns'),
    max_line_size = getvariable('max_line_bytes'))
UNION ALL BY NAME
FROM known_column;
