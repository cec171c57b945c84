-- Macros over the tables, made anew whenever a store is opened.

-- One row per event of a delivery: of the records that tell it, the one that counts (see event in schema.sql). Only rows
-- whose event_key some other row has are ordered, which takes less than half the time of ordering all.
-- is_listed: every event is in one row. Else one without event_id is in as many as records tell it, equal in message, time
-- and kind, which is cheaper and enough where messages are counted.
CREATE OR REPLACE MACRO counted_event_of(asked_key, is_listed) AS TABLE
WITH repeated AS MATERIALIZED (
    SELECT event_key
    FROM event
    WHERE delivery_key = asked_key
        -- The kind of a word that the analyst gave a meaning is that source's, so the records may differ in it.
        AND (is_listed OR content_key <> 0 OR EXISTS (FROM meaning))
    GROUP BY event_key
    HAVING count(*) > 1
)
SELECT event.* FROM event ANTI JOIN repeated USING (event_key) WHERE delivery_key = asked_key
UNION ALL
(
    SELECT event.*
    FROM event SEMI JOIN repeated USING (event_key)
    WHERE delivery_key = asked_key
    QUALIFY
        row_number() OVER (PARTITION BY message_key, event_key ORDER BY event_time, content_key, source_id, line) = 1
);

-- The failure type of a change of state: the one told, else soft where the message was put off or ran out of time.
CREATE OR REPLACE MACRO failure_type_of(told_type, to_state, kind) AS
    CASE
        WHEN coalesce(told_type, 'undetermined') = 'undetermined'
            AND (to_state IN ('retrying', 'inferred_expiry') OR kind = 'expired') THEN 'soft'
        ELSE told_type
    END;
