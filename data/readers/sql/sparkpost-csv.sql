-- told_event: one row per row of a CSV of SparkPost events, in their order. Built from: record.
CREATE OR REPLACE TEMP VIEW sparkpost_event AS SELECT record_line::BIGINT AS line, * FROM record;

CREATE OR REPLACE TEMP VIEW told_event AS FROM sparkpost_told('sparkpost_event');
