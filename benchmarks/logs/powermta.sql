-- A PowerMTA accounting file with receptions, deliveries, bounces, deferrals, late bounces and feedback, in the order of
-- their times. Built from: event. Opens and clicks do not pass the mail server.
SELECT
    CASE
        WHEN kind = 'relayed' THEN 'r'
        WHEN kind = 'delivered' THEN 'd'
        WHEN kind = 'deferred' THEN 't'
        WHEN kind = 'complained' THEN 'f'
        WHEN phase = 'out_of_band' THEN 'rb'
        ELSE 'b'
    END AS type,
    strftime(event_time, '%Y-%m-%d %H:%M:%S+0000') AS "timeLogged",
    strftime(queued_at, '%Y-%m-%d %H:%M:%S+0000') AS "timeQueued",
    'letter@shop.example' AS orig,
    recipient AS rcpt,
    CASE
        WHEN kind = 'delivered' THEN 'relayed'
        WHEN kind = 'deferred' THEN 'delayed'
        WHEN kind IN ('bounced', 'expired') THEN 'failed'
    END AS "dsnAction",
    CASE WHEN enhanced_status IS NOT NULL THEN concat(enhanced_status, ' (', coalesce(reason, 'success'), ')') END
        AS "dsnStatus",
    CASE WHEN diagnostic IS NOT NULL THEN concat('smtp;', diagnostic) END AS "dsnDiag",
    CASE WHEN kind NOT IN ('relayed', 'expired') THEN concat('mx.', split_part(recipient, '@', 2), ' (192.0.2.17)') END
        AS "dsnMta",
    CASE
        WHEN kind = 'delivered' THEN 'success'
        WHEN kind = 'expired' THEN 'message-expired'
        WHEN bounce_type = 'hard' THEN 'bad-mailbox'
        WHEN bounce_type = 'soft' THEN 'quota-issues'
        WHEN bounce_type = 'block' THEN 'policy-related'
    END AS "bounceCat",
    CASE WHEN phase = 'out_of_band' THEN NULL ELSE delivery_id END AS "jobId",
    message_id AS "envId",
    CASE WHEN kind = 'complained' THEN 'abuse' END AS "feedbackType",
    'mta1' AS vmta
FROM (
    SELECT *, min(event_time) FILTER (kind = 'relayed') OVER (PARTITION BY message_id) AS queued_at
    FROM event
    WHERE kind IN ('relayed', 'deferred', 'delivered', 'bounced', 'expired', 'complained')
) AS queued_event
ORDER BY event_time, message_id, type;
