-- simulated_postfix_line: one row per line of a Postfix log. Built from: simulated_event, simulated_message.
-- Rejected messages never reach Postfix, and opens and clicks never pass it. step: the order within a message's second.

-- simulated_queue_entry: one row per message that Postfix sees, with its queue id and that of a notification about it.
CREATE OR REPLACE TEMP TABLE simulated_queue_entry AS
SELECT
    number, recipient, relayed_at, answer_seconds, mx_host, mx_address,
    -- An odd factor gives every number an id of its own.
    printf('%010X', ((number + 1) * 2654435761) % 1099511627776) AS queue_id,
    printf('%010X', ((number + 1 + 1000000000) * 2654435761) % 1099511627776) AS notice_id,
    concat(number, '.', date_diff('second', TIMESTAMP '1970-01-01', relayed_at), '@shop.example') AS header_id,
    18000 + (hash(number, 'size') % 9000)::INTEGER AS size
FROM simulated_message
WHERE rejected_reason IS NULL;

CREATE OR REPLACE TEMP TABLE simulated_postfix_line AS
WITH queued_event AS (
    SELECT
        entry.*, event.kind, event.event_time, event.attempt, answer.*,
        date_diff('second', relayed_at, event_time) AS delay_seconds
    FROM simulated_event AS event
    JOIN simulated_queue_entry AS entry USING (number)
    LEFT JOIN (SELECT * EXCLUDE (kind) FROM simulated_answer) AS answer ON answer.answer = event.answer
    WHERE event.kind IN ('relayed', 'deferred', 'delivered', 'bounced', 'expired', 'cancelled')
),
attempted AS (
    SELECT * FROM queued_event WHERE kind IN ('deferred', 'delivered') OR (kind = 'bounced' AND phase = 'in_band')
),
notified AS (
    -- One row per message that fails: what Postfix, or later the receiving side, sends back.
    SELECT *, phase IS NOT DISTINCT FROM 'out_of_band' AS is_late FROM queued_event WHERE kind IN ('bounced', 'expired')
),
line AS (
    SELECT
        relayed_at AS line_time, number, 1 AS step, 'smtpd' AS daemon,
        'connect from app1.shop.example[192.0.2.2]' AS text
    FROM queued_event
    WHERE kind = 'relayed' AND number % 50 = 0
    UNION ALL
    SELECT relayed_at, number, 2, 'smtpd', concat(queue_id, ': client=app1.shop.example[192.0.2.2]')
    FROM queued_event
    WHERE kind = 'relayed'
    UNION ALL
    SELECT relayed_at, number, 3, 'cleanup', concat(queue_id, ': message-id=<', header_id, '>')
    FROM queued_event
    WHERE kind = 'relayed'
    UNION ALL
    SELECT
        relayed_at, number, 4, 'qmgr',
        concat(queue_id, ': from=<letter@shop.example>, size=', size, ', nrcpt=1 (queue active)')
    FROM queued_event
    WHERE kind = 'relayed'
    UNION ALL
    SELECT
        relayed_at, number, 5, 'smtpd',
        'disconnect from app1.shop.example[192.0.2.2] ehlo=1 mail=50 rcpt=50 data=50 quit=1 commands=152'
    FROM queued_event
    WHERE kind = 'relayed' AND number % 50 = 49
    UNION ALL
    SELECT
        event_time - to_seconds(answer_seconds), number, 6, 'qmgr',
        concat(queue_id, ': from=<letter@shop.example>, size=', size, ', nrcpt=1 (queue active)')
    FROM attempted
    WHERE attempt > 1
    UNION ALL
    SELECT
        event_time, number, 7, 'smtp',
        concat(
            queue_id, ': to=<', recipient, '>, relay=',
            CASE WHEN is_reached THEN concat(mx_host, '[', mx_address, ']:25') ELSE 'none' END,
            ', delay=', delay_seconds,
            ', delays=0.04/', greatest(delay_seconds - answer_seconds, 0), '/0.3/', answer_seconds,
            ', dsn=', enhanced_status, ', status=',
            CASE kind WHEN 'delivered' THEN 'sent' ELSE kind::VARCHAR END,
            CASE
                WHEN kind = 'delivered' THEN concat(' (', diagnostic, ')')
                WHEN NOT is_reached THEN concat(' (connect to ', mx_host, '[', mx_address, ']:25: ', diagnostic, ')')
                ELSE concat(
                    ' (host ', mx_host, '[', mx_address, '] said: ', diagnostic,
                    ' (in reply to RCPT TO command))')
            END)
    FROM attempted
    UNION ALL
    SELECT
        event_time, number, 8, 'qmgr',
        concat(queue_id, ': from=<letter@shop.example>, status=expired, returned to sender')
    FROM queued_event
    WHERE kind = 'expired'
    UNION ALL
    SELECT event_time, number, 9, 'bounce', concat(queue_id, ': sender non-delivery notification: ', notice_id)
    FROM notified
    WHERE NOT is_late
    UNION ALL
    SELECT event_time, number, 10, 'smtpd', concat(notice_id, ': client=', mx_host, '[', mx_address, ']')
    FROM notified
    WHERE is_late
    UNION ALL
    SELECT event_time, number, 11, 'cleanup', concat(notice_id, ': message-id=<', notice_id, '.', header_id, '>')
    FROM notified
    UNION ALL
    SELECT event_time, number, 12, 'qmgr', concat(notice_id, ': from=<>, size=3120, nrcpt=1 (queue active)')
    FROM notified
    UNION ALL
    SELECT event_time, number, 13, 'qmgr', concat(queue_id, ': removed')
    FROM queued_event
    WHERE kind IN ('delivered', 'expired') OR (kind = 'bounced' AND phase = 'in_band')
    UNION ALL
    SELECT
        event_time, number, 14, 'local',
        concat(
            notice_id, ': to=<letter@shop.example>, relay=local, delay=0.1, delays=0.06/0.01/0/0.03, dsn=2.0.0, ',
            'status=sent (delivered to maildir)')
    FROM notified
    UNION ALL
    SELECT event_time, number, 15, 'qmgr', concat(notice_id, ': removed') FROM notified
    UNION ALL
    SELECT event_time, number, 16, 'postsuper', concat(queue_id, ': removed') FROM queued_event WHERE kind = 'cancelled'
)
SELECT
    *,
    -- The queue manager is one process; the others take fifty messages each.
    CASE WHEN daemon = 'qmgr' THEN 1203 ELSE 2100 + (hash(number // 50, daemon) % 16)::INTEGER END AS process
FROM line;
