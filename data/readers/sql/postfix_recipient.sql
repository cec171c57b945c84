-- postfix_recipient: one row per message: a journey and a recipient that belongs to a send. Built from:
-- postfix_journey, postfix_life, postfix_living, postfix_handover.
-- Bounces to the empty sender do not belong to one, nor do probes and what a mail store on this machine took.

-- postfix_named: one row per life and recipient, with when its fate under this queue id was settled.
-- original_recipients: how many addresses led to it; Postfix delivers, and counts as nrcpt, once for each.
CREATE OR REPLACE TEMP TABLE postfix_named AS
WITH original AS (
    SELECT
        life_key, recipient, original_recipient,
        bool_or(telling IN ('local', 'probed')) AS is_outside,
        max(next_queue_key) AS next_queue_key,
        min(logged_at) FILTER (telling <> 'deferred') AS settled_at
    FROM postfix_living
    WHERE recipient IS NOT NULL
    GROUP BY life_key, recipient, original_recipient
)
SELECT
    life_key, recipient, max(original_recipient) AS original_recipient, count(*) AS original_recipients,
    bool_or(is_outside) AS is_outside,
    max(next_queue_key) AS next_queue_key,
    min(settled_at) AS settled_at
FROM original
GROUP BY life_key, recipient;

-- handed_on: one row per recipient of a life whom the next life names, also by the address that an alias led to.
CREATE OR REPLACE TEMP TABLE postfix_recipient AS
WITH handed AS (
    SELECT named.life_key, named.recipient, handover.next_life_key
    FROM postfix_named AS named
    JOIN postfix_handover AS handover USING (life_key)
    JOIN postfix_life AS next_life
        ON next_life.life_key = handover.next_life_key AND next_life.queue_key = named.next_queue_key
),
strange_address AS (
    SELECT DISTINCT next_named.life_key AS next_life_key
    FROM postfix_named AS next_named
    WHERE NOT EXISTS (
        SELECT 1 FROM handed
        WHERE handed.next_life_key = next_named.life_key
            AND handed.recipient IN (next_named.recipient, next_named.original_recipient))
),
handed_on AS (
    SELECT life_key, recipient FROM handed SEMI JOIN strange_address USING (next_life_key)
    UNION
    SELECT handed.life_key, handed.recipient
    FROM handed JOIN postfix_named AS next_named ON next_named.life_key = handed.next_life_key
    WHERE handed.recipient IN (next_named.recipient, next_named.original_recipient)
),
named AS (
    SELECT root_key, recipient, bool_or(is_outside) AS is_outside, bool_or(handed_on.life_key IS NULL) AS is_last
    FROM postfix_named
    JOIN postfix_journey USING (life_key)
    LEFT JOIN handed_on USING (life_key, recipient)
    GROUP BY root_key, recipient
),
unnamed AS (
    SELECT
        life_key AS root_key,
        -- A queue file may hold many, but not as many as a damaged number can say.
        'unnamed recipient ' || unnest(
            range(1, 1 + least(coalesce(recipients, 0), 100000) - coalesce(names.n, 0))) AS recipient
    FROM postfix_life
    SEMI JOIN (SELECT root_key FROM postfix_journey WHERE hops = 0) AS root ON root.root_key = life_key
    LEFT JOIN (SELECT life_key, sum(original_recipients)::BIGINT AS n FROM postfix_named GROUP BY life_key) AS names USING (life_key)
),
addressed AS (
    SELECT root_key, recipient FROM named WHERE is_last AND NOT is_outside
    UNION ALL
    SELECT root_key, recipient FROM unnamed
)
SELECT addressed.*
FROM addressed JOIN postfix_life AS root ON root.life_key = root_key
WHERE root.sender IS DISTINCT FROM '';
