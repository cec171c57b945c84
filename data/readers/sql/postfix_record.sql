-- postfix_record: one row per line of the file that says something of a delivery. Built from: postfix_line,
-- postfix_time.
INSERT INTO postfix_record BY NAME
WITH told_line AS (
    SELECT
        line, logged_at, time_assumed, hash(logged_at, told) AS record_key,
        left(told, strpos(told, ']: ')) AS teller,
        substr(told, strpos(told, ']: ') + 3) AS said
    FROM postfix_line JOIN postfix_time USING (written_at)
    WHERE told LIKE '% postfix%/%]: %: %' AND problem IS NULL AND line >= first_line AND line < next_line
),
queue_line AS (
    SELECT
        line, logged_at, time_assumed, record_key, teller,
        string_split(teller, ' ') AS teller_words,
        left(said, strpos(said, ': ') - 1) AS queue_id,
        substr(said, strpos(said, ': ') + 2) AS text
    FROM told_line
),
-- A condition on these in WHERE would take the texts apart twice.
postfix_line AS (
    SELECT
        * EXCLUDE (teller_words, text),
        teller_words[1] AS host,
        CASE
            WHEN starts_with(teller_words[2], 'postfix')
                AND regexp_full_match(queue_id, '[0-9A-Za-z]{5,}')
                AND queue_id NOT IN ('NOQUEUE', 'warning', 'fatal', 'panic', 'error', 'statistics')
                THEN text
        END AS text
    FROM queue_line
),
parted_line AS (
    SELECT
        * EXCLUDE (text),
        text = 'removed' AS is_removal,
        starts_with(text, 'message-id=') AS is_message_id,
        CASE WHEN starts_with(text, 'to=<') THEN nth_part(text, ', status=', 1) END AS attempt,
        CASE WHEN starts_with(text, 'to=<') THEN substr(text, strpos(text, ', status=') + 9) END AS outcome,
        CASE WHEN starts_with(text, 'from=<') THEN text END AS queued
    FROM postfix_line
),
status_line AS (
    SELECT
        *,
        lower(nth_part(left(outcome, 20), ' (', 1)) AS status,
        CASE
            WHEN contains(outcome, ' (')
                THEN substr(outcome, strpos(outcome, ' (') + 2, length(outcome) - strpos(outcome, ' (') - 2)
        END AS reply,
        CASE WHEN outcome IS NOT NULL OR is_removal THEN nth_part(nth_part(teller, '[', 1), '/', -1) END AS daemon,
        coalesce(text_between(attempt, ', relay=', ', '), '') AS relay
    FROM parted_line
),
telling_line AS (
    SELECT
        *,
        CASE
            WHEN outcome IS NOT NULL THEN telling_of_status(status, daemon, relay, reply)
            WHEN ends_with(queued, ' (queue active)') THEN 'active'
            WHEN contains(queued, '>, status=expired') OR contains(queued, '>, status=force-expired') THEN 'expired'
            WHEN is_removal THEN CASE WHEN daemon = 'postsuper' THEN 'withdrawn' ELSE 'removed' END
            WHEN is_message_id THEN 'message-id'
        END::postfix_telling AS telling,
        host_reply(reply) AS said
    FROM status_line
)
SELECT
    $source_id AS source_id, line, record_key, hash(host, queue_id) AS queue_key, host, queue_id, logged_at, telling,
    nth_part(substr(queued, 7), '>, ', 1) AS sender,
    try_cast(text_between(queued, ', nrcpt=', ' ') AS INTEGER) AS named_recipients,
    nth_part(substr(attempt, 5), '>, ', 1) AS recipient,
    nullif(text_between(attempt, ', orig_to=<', '>, '), '') AS original_recipient,
    CASE WHEN telling = 'handed' THEN hash(host, next_queue_id(reply)) END AS next_queue_key,
    logged_at - to_microseconds(
        (try_cast(text_between(attempt, ', delay=', ',') AS DECIMAL(15, 6)) * 1000000)::BIGINT) AS arrived_at,
    smtp_code_of(said) AS smtp_code,
    coalesce(enhanced_status_of(said), nullif(text_between(attempt, ', dsn=', ','), '')) AS enhanced_status,
    CASE WHEN telling IN ('deferred', 'bounced') THEN reply END AS diagnostic,
    time_assumed
FROM telling_line
WHERE telling IS NOT NULL;

-- A line that says exactly what another source, or an earlier line, says.
INSERT INTO staged_duplicate
WITH own_record AS (SELECT line, record_key FROM postfix_record WHERE source_id = $source_id),
repeated_key AS (SELECT record_key, min(line) AS first_line FROM own_record GROUP BY record_key HAVING count(*) > 1)
SELECT line FROM own_record JOIN repeated_key USING (record_key) WHERE line <> first_line
UNION
SELECT line
FROM own_record SEMI JOIN (SELECT record_key FROM postfix_record WHERE source_id <> $source_id) AS other
    USING (record_key);
