-- told_event: one row per row of a flattened feedback or tracking dataset, in their order. Built from: record, ajo_macros.
CREATE OR REPLACE TEMP VIEW ajo_field AS
SELECT record_line::BIGINT AS line, * EXCLUDE (record_line) FROM record;

CREATE OR REPLACE TEMP VIEW told_event AS FROM ajo_event('ajo_field');
