-- Views over the tables, made anew whenever a store is opened.

-- One row per event: of the records that tell it, the one that counts (see event in schema.sql).
CREATE OR REPLACE VIEW counted_event AS
SELECT *
FROM event
QUALIFY
    row_number() OVER (
        PARTITION BY delivery_key, message_key, event_key ORDER BY event_time, content_key, source_id, line
    ) = 1;
