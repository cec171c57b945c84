-- told_before: one row per record in staged_again that an event tells. Built from: event, staged_again.
CREATE OR REPLACE TEMP TABLE told_before AS
SELECT DISTINCT source_id, line FROM event SEMI JOIN staged_again USING (source_id, line);
