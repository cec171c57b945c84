-- The file: a Postfix log with the times of classic syslog, which name no year. Built from: simulated_postfix_line.
COPY (
    SELECT concat(
        strftime(line_time, '%b '), lpad(day(line_time)::VARCHAR, 2, ' '), strftime(line_time, ' %H:%M:%S'),
        ' mail1 postfix/', daemon, '[', process, ']: ', text)
    FROM simulated_postfix_line
    ORDER BY line_time, number, step
) TO $path (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01');
