-- postfix_delivery: one row per life with messages, with its delivery. Built from: postfix_recipient, postfix_life,
-- postfix_living, source. Postfix names none: a pause without a new message from a sender starts a new one.

DELETE FROM postfix_message WHERE queue_key IN (SELECT queue_key FROM postfix_queue);

INSERT INTO postfix_message BY NAME
WITH sent_life AS (
    SELECT * FROM postfix_life SEMI JOIN postfix_recipient ON postfix_recipient.root_key = life_key
),
told_life AS (
    SELECT DISTINCT life_key, living.source_id, living.logged_at = first_at AS is_beginning
    FROM sent_life JOIN postfix_living AS living USING (life_key)
)
SELECT
    any_value(queue_key) AS queue_key, life_key,
    coalesce(mailing_sender(any_value(sender)), '(unknown sender)') AS sender,
    any_value(relayed_at) AS relayed_at,
    max(source.delivery_label) FILTER (is_beginning) AS declared_delivery,
    max(source_id) FILTER (source.gap_minutes IS NOT NULL) AS gap_source_id,
    arg_max(source.gap_minutes, source_id) FILTER (source.gap_minutes IS NOT NULL) AS gap_minutes
FROM sent_life
JOIN told_life USING (life_key)
JOIN source USING (source_id)
GROUP BY life_key;

CREATE OR REPLACE TEMP TABLE postfix_delivery AS
WITH sender_gap AS (
    SELECT
        sender,
        to_microseconds((coalesce(arg_max(gap_minutes, gap_source_id), 15) * 60000000)::BIGINT) AS gap
    FROM postfix_message
    WHERE sender IN (SELECT sender FROM postfix_message SEMI JOIN postfix_queue USING (queue_key))
    GROUP BY sender
),
paused_message AS (
    SELECT
        life_key, sender, relayed_at,
        relayed_at - lag(relayed_at) OVER (PARTITION BY sender ORDER BY relayed_at, life_key) >= gap AS is_first
    FROM postfix_message JOIN sender_gap USING (sender)
    WHERE declared_delivery IS NULL
),
started_message AS (
    SELECT
        life_key, sender,
        last_value(CASE WHEN coalesce(is_first, true) THEN relayed_at END IGNORE NULLS) OVER (
            PARTITION BY sender ORDER BY relayed_at, life_key ROWS UNBOUNDED PRECEDING) AS started_at
    FROM paused_message
)
SELECT
    life_key,
    concat(sender, ' ', strftime(started_at, '%Y-%m-%dT%H:%M:%SZ')) AS delivery_id,
    concat(sender, ', ', strftime(started_at, '%Y-%m-%d %H:%M'), ' UTC') AS delivery_label
FROM started_message
UNION ALL
SELECT life_key, declared_delivery, declared_delivery
FROM postfix_message SEMI JOIN postfix_queue USING (queue_key)
WHERE declared_delivery IS NOT NULL;
