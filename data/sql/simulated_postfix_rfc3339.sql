-- The file: a Postfix log with RFC 3339 times, as newer syslog daemons write them. Built from: simulated_postfix_line.
COPY (
    SELECT concat(
        strftime(line_time, '%Y-%m-%dT%H:%M:%S+00:00'),
        ' mail1 postfix/', daemon, '[', process, ']: ', text)
    FROM simulated_postfix_line
    ORDER BY line_time, number, step
) TO $path (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01');
