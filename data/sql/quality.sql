-- quality: one row per thing that is worth knowing of a source before it is trusted, the first $most of each finding, with
-- how many there are in all. Built from: what the import of the source has stored and left in its temporary tables:
-- rejected_line, event, staged_duplicate, contradiction, engagement, transition, delivery, loose_event.
-- detail: what happened to the record, in words or as it was written. records: of the whole file.
WITH own AS (
    SELECT event.*, delivery_id, validity_hours
    FROM event JOIN delivery USING (delivery_key)
    WHERE source_id = $source_id
),
-- Of a record that tells several events, the first stands for it.
first_event AS (SELECT DISTINCT ON (line) * FROM own ORDER BY line, event_time, kind),
touched AS (SELECT DISTINCT delivery_key, message_key FROM own),
-- All that is told of the messages, by whichever source.
told AS (SELECT event.* FROM event SEMI JOIN touched USING (delivery_key, message_key)),
first_told AS (
    SELECT delivery_key, message_key, event_key, min({'source_id': source_id, 'line': line}) AS first
    FROM told
    GROUP BY delivery_key, message_key, event_key
),
repeated AS (
    SELECT own.line
    FROM own JOIN first_told USING (delivery_key, message_key, event_key)
    GROUP BY own.line
    HAVING bool_and(first < {'source_id': own.source_id, 'line': own.line})
    UNION
    SELECT line FROM staged_duplicate
),
told_end AS (SELECT delivery_key, message_key, max(expires_at) AS expires_at FROM told GROUP BY ALL),
last_transition AS (
    SELECT
        transition.delivery_key, transition.message_key, max(relayed_at) AS relayed_at,
        arg_max(
            {'state': to_state, 'reason': reason, 'moved_at': moved_at},
            {'moved_at': moved_at, 'place': enum_code(to_state)}) AS last
    FROM transition SEMI JOIN touched USING (delivery_key, message_key)
    GROUP BY transition.delivery_key, transition.message_key
),
message_end AS (
    SELECT
        delivery_key, message_key, last,
        coalesce(expires_at, relayed_at + to_microseconds((validity_hours * 3600000000)::BIGINT)) AS ends_at
    FROM last_transition
    JOIN told_end USING (delivery_key, message_key)
    JOIN delivery USING (delivery_key)
),
found AS (
    SELECT
        CASE WHEN contains(reason, 'the clocks skip it') THEN 'skipped_time' ELSE 'rejected' END AS finding,
        line, NULL::VARCHAR AS delivery_id, NULL::VARCHAR AS message_id, NULL::VARCHAR AS recipient,
        NULL::TIMESTAMP AS event_time, NULL::VARCHAR AS kind, reason, text AS detail
    FROM rejected_line
    WHERE source_id = $source_id
    UNION ALL BY NAME
    SELECT 'duplicate' AS finding, line, delivery_id, message_id, recipient, event_time, kind, reason
    FROM repeated LEFT JOIN first_event USING (line)
    UNION ALL BY NAME
    SELECT
        'contradiction' AS finding, line, delivery_id, message_id, recipient, event_time, own.kind, reason,
        concat('after the message was ', from_state) AS detail
    FROM contradiction JOIN own USING (delivery_key, message_key, event_key)
    UNION ALL BY NAME
    SELECT 'unknown' AS finding, line, delivery_id, message_id, recipient, event_time, kind, reason, diagnostic AS detail
    FROM own WHERE kind = 'unknown'
    UNION ALL BY NAME
    SELECT
        'undetermined_bounce' AS finding, line, delivery_id, message_id, recipient, event_time, kind, reason,
        coalesce(diagnostic, enhanced_status, smtp_code::VARCHAR) AS detail
    FROM own WHERE kind = 'bounced' AND coalesce(bounce_type, 'undetermined') = 'undetermined'
    UNION ALL BY NAME
    SELECT
        'opened_but_failed' AS finding, own.line, own.delivery_id, own.message_id, own.recipient,
        engagement.opened_at AS event_time, 'opened' AS kind, last.reason,
        concat('failed at ', last.moved_at, ' UTC') AS detail
    FROM engagement
    JOIN message_end USING (delivery_key, message_key)
    JOIN (SELECT DISTINCT ON (delivery_key, message_key) * FROM own ORDER BY line DESC) AS own
        USING (delivery_key, message_key)
    WHERE engagement.opened_at IS NOT NULL AND last.state IN ('failed', 'inferred_expiry')
    UNION ALL BY NAME
    SELECT
        'after_validity_end' AS finding, line, delivery_id, message_id, recipient, event_time, kind, reason,
        concat('the validity period ended at ', ends_at, ' UTC') AS detail
    FROM own JOIN message_end USING (delivery_key, message_key)
    WHERE event_time > ends_at AND kind IN ('deferred', 'delivered', 'bounced')
    UNION ALL BY NAME
    SELECT 'waiting' AS finding, line, delivery_id, message_id, recipient, event_time, kind, reason, diagnostic AS detail
    FROM loose_event ANTI JOIN event USING (source_id, line)
    WHERE source_id = $source_id
    UNION ALL BY NAME
    -- An export list stops at so many rows.
    SELECT 'cut_off' AS finding, 'the file has exactly 100,000 records' AS detail
    WHERE $records = 100000
)
SELECT *, count(*) OVER (PARTITION BY finding) AS n
FROM found
QUALIFY row_number() OVER (PARTITION BY finding ORDER BY line, event_time) <= $most
ORDER BY finding, line, event_time;
