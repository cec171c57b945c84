-- postfix_life: one row per message that a queue id stood for. Built from: postfix_record, postfix_queue.
-- Queue ids are used again. A life ends with "removed"; without it, one begins where a new message-id is told, where
-- the sender is another, and where a status line says that its message arrived more than a minute after what was told
-- last.

-- postfix_single_queue: one row per queue id that surely has one life, as nearly all have: no other message-id than its
-- first record, nothing behind its removal, one sender, and no message that arrived after its first record.
CREATE OR REPLACE TEMP TABLE postfix_single_queue AS
SELECT queue_key
FROM postfix_record SEMI JOIN postfix_queue USING (queue_key)
GROUP BY queue_key
HAVING count(*) FILTER (telling = 'message-id') <= 1
    AND coalesce(min(logged_at) FILTER (telling = 'message-id') = min(logged_at), true)
    AND count(*) FILTER (telling IN ('removed', 'withdrawn')) <= 1
    AND coalesce(min(logged_at) FILTER (telling IN ('removed', 'withdrawn')) = max(logged_at), true)
    AND coalesce(min(sender) = max(sender), true)
    AND coalesce(min(logged_at) >= max(arrived_at) - INTERVAL 1 MINUTE, true);

-- postfix_part: one row per record of the others, with the number of its life so far as single lines tell it. Equal
-- records, from files that overlap, stand beside each other.
CREATE OR REPLACE TEMP TABLE postfix_part AS
WITH turn AS (
    SELECT
        *,
        record_key IS DISTINCT FROM lag(record_key) OVER in_order
            AND (telling = 'message-id' OR lag(telling, 1, 'active') OVER in_order IN ('removed', 'withdrawn'))
            AS is_first
    FROM postfix_record SEMI JOIN (FROM postfix_queue ANTI JOIN postfix_single_queue USING (queue_key)) AS other
        USING (queue_key)
    WINDOW in_order AS (PARTITION BY queue_key ORDER BY logged_at, telling, record_key, source_id, line)
)
SELECT
    * EXCLUDE (is_first),
    sum(is_first::INTEGER) OVER (
        PARTITION BY queue_key ORDER BY logged_at, telling, record_key, source_id, line
        ROWS UNBOUNDED PRECEDING) AS part
FROM turn;

-- postfix_mixed_part: one row per such part in which senders or arrivals show that it is several lives.
CREATE OR REPLACE TEMP TABLE postfix_mixed_part AS
SELECT queue_key, part
FROM postfix_part
GROUP BY queue_key, part
HAVING min(sender) <> max(sender) OR min(logged_at) < max(arrived_at) - INTERVAL 1 MINUTE;

-- postfix_turn: one row per record of these at which another life begins.
CREATE OR REPLACE TEMP TABLE postfix_turn AS
WITH mixed_record AS (SELECT * FROM postfix_part SEMI JOIN postfix_mixed_part USING (queue_key, part)),
queued_record AS (
    SELECT
        record_key, sender,
        lag(sender) OVER (PARTITION BY queue_key, part ORDER BY logged_at, telling, record_key) AS sender_before
    FROM mixed_record
    WHERE sender IS NOT NULL
),
arrival AS (SELECT DISTINCT queue_key, part, arrived_at - INTERVAL 1 MINUTE AS since FROM mixed_record),
moment AS (
    SELECT queue_key, part, logged_at, arg_min(record_key, (telling, record_key)) AS record_key
    FROM mixed_record
    GROUP BY queue_key, part, logged_at
)
SELECT record_key
FROM queued_record
WHERE sender <> sender_before
UNION
SELECT moment.record_key
FROM arrival
ASOF JOIN moment
    ON arrival.queue_key = moment.queue_key AND arrival.part = moment.part AND arrival.since <= moment.logged_at;

-- postfix_living: one row per record, with its life.
CREATE OR REPLACE TEMP TABLE postfix_living AS
WITH counted_record AS (
    SELECT postfix_part.*, 0 AS turn FROM postfix_part ANTI JOIN postfix_mixed_part USING (queue_key, part)
    UNION ALL
    SELECT
        postfix_part.*,
        count(postfix_turn.record_key) OVER (
            PARTITION BY queue_key, part ORDER BY logged_at, telling, postfix_part.record_key)
    FROM postfix_part
    SEMI JOIN postfix_mixed_part USING (queue_key, part)
    LEFT JOIN postfix_turn USING (record_key)
)
SELECT * EXCLUDE (part, turn), hash(queue_key, part, turn) AS life_key
FROM counted_record
UNION ALL
SELECT *, hash(queue_key, 0, 0) FROM postfix_record SEMI JOIN postfix_single_queue USING (queue_key);

CREATE OR REPLACE TEMP TABLE postfix_life AS
WITH life AS (
    SELECT
        life_key, any_value(queue_key) AS queue_key, any_value(host) AS host, any_value(queue_id) AS queue_id,
        max(sender) AS sender,
        min(logged_at) AS first_at,
        min(logged_at) FILTER (telling = 'active') AS active_at,
        arg_min(arrived_at, (logged_at, arrived_at)) FILTER (arrived_at IS NOT NULL) AS arrived_at,
        greatest(
            arg_min(named_recipients, (logged_at, -named_recipients)) FILTER (telling = 'active'),
            max(1) FILTER (telling = 'expired')) AS recipients,
        arg_min(
            {'source_id': source_id, 'line': line, 'time_assumed': time_assumed},
            (telling <> 'active', logged_at, source_id, line)
        ) FILTER (telling NOT IN ('message-id', 'removed', 'withdrawn')) AS first_record
    FROM postfix_living
    GROUP BY life_key
)
SELECT
    *,
    CASE
        WHEN active_at IS NULL THEN coalesce(arrived_at, first_at)
        WHEN arrived_at < active_at - INTERVAL 1 MINUTE THEN arrived_at
        ELSE active_at
    END AS relayed_at,
    concat_ws('/', host, queue_id, strftime(first_at, '%Y-%m-%dT%H:%M:%S.%fZ')) AS message_id
FROM life;
