-- postfix_queue: one row per queue id whose events are derived anew because of a source. Built from: postfix_record,
-- postfix_message. That is: the source's own; those to or from which a message went on; and all of every sender whose
-- messages any of these are or were, because a message more or less moves the bounds of deliveries.

-- postfix_hop: one row per way from one queue id to the next, in both directions.
CREATE OR REPLACE TEMP TABLE postfix_hop AS
SELECT DISTINCT queue_key, next_queue_key FROM postfix_record WHERE next_queue_key IS NOT NULL
UNION
SELECT DISTINCT next_queue_key, queue_key FROM postfix_record WHERE next_queue_key IS NOT NULL;

CREATE OR REPLACE TEMP TABLE postfix_batch_queue AS
WITH RECURSIVE reached_queue(queue_key) AS (
    SELECT DISTINCT queue_key FROM postfix_record WHERE source_id = $source_id
    UNION
    SELECT next_queue_key FROM postfix_hop JOIN reached_queue USING (queue_key)
)
SELECT queue_key FROM reached_queue;

CREATE OR REPLACE TEMP TABLE postfix_queue AS
WITH RECURSIVE batch_sender AS (
    SELECT sender FROM postfix_message SEMI JOIN postfix_batch_queue USING (queue_key)
    UNION
    SELECT mailing_sender(sender)
    FROM (
        SELECT DISTINCT sender FROM postfix_record SEMI JOIN postfix_batch_queue USING (queue_key)
        WHERE sender IS NOT NULL
    )
    UNION
    SELECT '(unknown sender)'
),
reached_queue(queue_key) AS (
    FROM postfix_batch_queue
    UNION
    SELECT queue_key FROM postfix_message SEMI JOIN batch_sender USING (sender)
    UNION
    SELECT next_queue_key FROM postfix_hop JOIN reached_queue USING (queue_key)
)
SELECT queue_key FROM reached_queue;
