-- A file of one JSON object a line, from a file of objects, arrays of them, or envelopes that hold a list of them
-- (data/json_lines.py names their keys). Built from: the file.
COPY (
    SELECT
        json(unnest(CASE
            WHEN json_type(json) = 'ARRAY' THEN json_extract(json, '$[*]')
            ELSE coalesce(
                nullif(json_extract(json, '$.results[*]'), []), nullif(json_extract(json, '$.items[*]'), []),
                nullif(json_extract(json, '$.events[*]'), []), nullif(json_extract(json, '$.mandrill_events[*]'), []),
                [json])
        END))
    FROM read_json_objects($path, format = 'auto', maximum_object_size = $longest_bytes)
) TO $target (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER E'\x01');
