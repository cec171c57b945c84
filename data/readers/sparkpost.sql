-- sparkpost_event: one row per event, out of its envelope, or flat as the Events API gives it. Built from: record.
CREATE OR REPLACE TEMP VIEW sparkpost_event AS
SELECT line, unnest(map_values(told.msys)[1]) FROM record WHERE cardinality(told.msys) > 0
UNION ALL BY NAME
SELECT line, unnest(told) FROM record WHERE told.msys IS NULL AND told IS NOT NULL;

-- told_event: one row per event. An empty envelope is what SparkPost tests a webhook with.
CREATE OR REPLACE TEMP VIEW told_event AS
FROM sparkpost_told('sparkpost_event')
UNION ALL BY NAME
SELECT line, 'ignored' AS kind FROM record WHERE cardinality(told.msys) = 0;
