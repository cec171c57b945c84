-- The first rows of a sample, the local parts of addresses masked but for their first character. Built from: sample_row.
SELECT
    list_transform(
        told, lambda text: regexp_replace(text, '([^\s<>",;:=])[^\s<>",;:=@]*@', '\1***@', 'g')) AS told
FROM sample_row
LIMIT 5;
