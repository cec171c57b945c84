-- The file: a Sendlog event NDJSON, in time order. Built from: simulated_event_row.
COPY (
    SELECT * EXCLUDE (message_number)
    FROM simulated_event_row
    ORDER BY event_time, message_number, kind, url
) TO $path (FORMAT json);
