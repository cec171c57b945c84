-- One row: how many messages are counted.
SELECT count(*) AS n FROM counted_message;
