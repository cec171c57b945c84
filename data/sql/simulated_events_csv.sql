-- A part of the file: a Sendlog event CSV, in time order. Built from: simulated_told_row.
COPY (
    SELECT * EXCLUDE (message_number, is_settled)
    FROM simulated_told_row
    WHERE is_settled
    ORDER BY event_time, message_number, kind, url
) TO $path (FORMAT csv, HEADER $is_first);

CREATE OR REPLACE TEMP TABLE simulated_late_row AS
SELECT * EXCLUDE (is_settled) FROM simulated_told_row WHERE NOT is_settled;
