-- postfix_record: one row per line of the file that says something of a delivery. Built from: postfix_dated_line,
-- postfix_time.
INSERT INTO postfix_record BY NAME
WITH told_line AS (
    SELECT
        line, logged_at, time_assumed, told,
        regexp_extract(
            told, '^(\S+) postfix\S*/([^/\s\[]+)\[\d+\]: ([0-9A-Za-z]{5,}): (to=<.*|from=<.*|removed|message-id=.*)$',
            ['host', 'daemon', 'queue_id', 'text']) AS part
    FROM postfix_dated_line JOIN postfix_time USING (written_at)
    WHERE postfix_dated_line.told IS NOT NULL AND contains(told, ' postfix') AND problem IS NULL
        AND postfix_dated_line.year IS NOT DISTINCT FROM postfix_time.year
),
parted_line AS (
    SELECT
        line, logged_at, time_assumed, hash(logged_at, told) AS record_key,
        part.host AS host, part.daemon AS daemon, part.queue_id AS queue_id, part.text AS text,
        CASE
            WHEN starts_with(part.text, 'to=<') THEN regexp_extract(
                part.text,
                '^to=<(.*?)>, (?:orig_to=<(.*?)>, )?relay=(.*?), (?:.*?, )??delay=([\d.]+), (?:.*?, )??(?:dsn=([\d.]+), )?status=([A-Za-z-]+)(?: \((.*)\))?$',
                ['recipient', 'original', 'relay', 'delay', 'dsn', 'status', 'reply'])
        END AS attempt,
        CASE
            WHEN starts_with(part.text, 'from=<') THEN regexp_extract(
                part.text, '^from=<(.*)>, (?:size=\d+, nrcpt=(\d+) \(queue active\)|status=(?:force-)?(expired), .*)$',
                ['sender', 'nrcpt', 'expired'])
        END AS queued
    FROM told_line
    WHERE part.queue_id NOT IN ('', 'NOQUEUE', 'warning', 'fatal', 'panic', 'error', 'statistics')
),
telling_line AS (
    SELECT
        *,
        CASE
            WHEN attempt.status <> ''
                THEN telling_of_status(lower(attempt.status), daemon, attempt.relay, attempt.reply)
            WHEN queued.nrcpt <> '' THEN 'active'
            WHEN queued.expired <> '' THEN 'expired'
            WHEN text = 'removed' THEN CASE WHEN daemon = 'postsuper' THEN 'withdrawn' ELSE 'removed' END
            WHEN starts_with(text, 'message-id=') THEN 'message-id'
        END::postfix_telling AS telling
    FROM parted_line
)
SELECT
    $source_id AS source_id, line, record_key, hash(host, queue_id) AS queue_key, host, queue_id, logged_at, telling,
    queued.sender AS sender,
    try_cast(queued.nrcpt AS INTEGER) AS named_recipients,
    attempt.recipient AS recipient,
    nullif(attempt.original, '') AS original_recipient,
    CASE WHEN telling = 'handed' THEN hash(host, next_queue_id(attempt.reply)) END AS next_queue_key,
    logged_at - to_microseconds((attempt.delay::DECIMAL(18, 6) * 1000000)::BIGINT) AS arrived_at,
    smtp_code_of(attempt.reply) AS smtp_code,
    coalesce(enhanced_status_of(attempt.reply), nullif(attempt.dsn, '')) AS enhanced_status,
    CASE WHEN telling IN ('deferred', 'bounced') THEN attempt.reply END AS diagnostic,
    time_assumed
FROM telling_line
WHERE telling IS NOT NULL
ORDER BY line;

-- A line that says exactly what another source, or an earlier line, says.
INSERT INTO staged_duplicate
WITH own_record AS (SELECT line, record_key FROM postfix_record WHERE source_id = $source_id),
repeated_key AS (
    SELECT record_key FROM postfix_record SEMI JOIN own_record USING (record_key)
    GROUP BY record_key HAVING count(*) > 1
)
SELECT own_record.line
FROM own_record SEMI JOIN repeated_key USING (record_key)
WHERE EXISTS (
        SELECT 1 FROM postfix_record AS other
        WHERE other.record_key = own_record.record_key AND other.source_id <> $source_id)
    OR own_record.line <> (
        SELECT min(earlier.line) FROM own_record AS earlier WHERE earlier.record_key = own_record.record_key);
