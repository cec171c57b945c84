-- postfix_journey: one row per life, with the life in which its message was relayed (root_key). Built from:
-- postfix_life, postfix_living. A content filter gives a message back under a new queue id; ten such hops are followed.

-- postfix_handover: one row per life that began within five minutes of another life's handing over to its queue id.
CREATE OR REPLACE TEMP TABLE postfix_handover AS
WITH candidate AS (
    SELECT
        living.life_key, next_life.life_key AS next_life_key,
        abs(date_diff('microsecond', living.logged_at, next_life.relayed_at)) AS distance,
        living.logged_at, living.next_queue_key, life.message_id AS message_id,
        next_life.message_id AS next_message_id
    FROM postfix_living AS living
    JOIN postfix_life AS life USING (life_key)
    JOIN postfix_life AS next_life ON next_life.queue_key = living.next_queue_key
    WHERE living.telling = 'handed' AND next_life.life_key <> living.life_key
        AND next_life.relayed_at BETWEEN living.logged_at - INTERVAL 5 MINUTE AND living.logged_at + INTERVAL 5 MINUTE
        AND next_life.relayed_at >= life.relayed_at - INTERVAL 1 MINUTE
),
nearest_next AS (
    SELECT DISTINCT ON (life_key, logged_at, next_queue_key) *
    FROM candidate
    ORDER BY life_key, logged_at, next_queue_key, distance, next_message_id
)
SELECT DISTINCT ON (next_life_key) life_key, next_life_key
FROM nearest_next
ORDER BY next_life_key, distance, message_id;

CREATE OR REPLACE TEMP TABLE postfix_journey AS
WITH RECURSIVE journey(life_key, root_key, hops) AS (
    SELECT life_key, life_key, 0
    FROM postfix_life
    WHERE life_key NOT IN (SELECT next_life_key FROM postfix_handover)
    UNION ALL
    SELECT next_life_key, root_key, hops + 1
    FROM postfix_handover JOIN journey USING (life_key)
    WHERE hops < 10
)
FROM journey
UNION ALL
-- What no start leads to is a message of its own.
SELECT life_key, life_key, 0
FROM postfix_life
WHERE life_key NOT IN (SELECT life_key FROM journey);

DELETE FROM postfix_handover
USING postfix_journey AS journey
WHERE journey.life_key = postfix_handover.next_life_key AND journey.hops = 0;
