-- The datasets of ajo.sql as a query hands them out: one row per event, in the order of their times. Built from: event.
SELECT
    md5(concat(message_id, kind, event_time, url)) AS "_id",
    strftime(event_time, '%Y-%m-%d %H:%M:%S.%g') AS timestamp,
    status AS "messageDeliveryfeedback_feedbackStatus",
    CASE WHEN status IN ('bounce', 'delay') THEN
        CASE bounce_type WHEN 'hard' THEN 'Hard' WHEN 'soft' THEN 'Soft' ELSE 'Ignored' END
    END AS "messageDeliveryfeedback_messageFailure_type",
    CASE WHEN status = 'bounce' THEN CASE WHEN phase = 'out_of_band' THEN 'async' ELSE 'sync' END END
        AS "messageDeliveryfeedback_messageFailure_category",
    CASE
        WHEN status NOT IN ('bounce', 'delay') THEN NULL
        WHEN kind = 'expired' THEN '24'
        WHEN bounce_type = 'hard' THEN '10'
        WHEN bounce_type = 'block' THEN '51'
        ELSE '22'
    END AS "messageDeliveryfeedback_messageFailure_code",
    CASE WHEN status IN ('bounce', 'delay') THEN diagnostic END AS "messageDeliveryfeedback_messageFailure_reason",
    CASE WHEN status = 'exclude' THEN reason END AS "messageDeliveryfeedback_messageExclusion_reason",
    greatest(attempt - 1, 0) AS "messageDeliveryfeedback_retryCount",
    strftime(queued_at, '%Y-%m-%d %H:%M:%S.%g') AS "messageDeliveryfeedback_requestTimestamp",
    interaction AS "messageInteraction_interactionType",
    url AS "messageInteraction_urlID",
    recipient AS "emailChannelContext_address",
    message_id AS "messageExecution_messageID",
    delivery_id AS "messageExecution_campaignID",
    concat('b-', delivery_id) AS "messageExecution_batchInstanceID"
FROM (
    SELECT
        *,
        CASE kind
            WHEN 'rejected' THEN 'exclude'
            WHEN 'deferred' THEN 'delay'
            WHEN 'delivered' THEN 'sent'
            WHEN 'bounced' THEN 'bounce'
            WHEN 'expired' THEN 'bounce'
        END AS status,
        CASE kind
            WHEN 'opened' THEN 'open'
            WHEN 'clicked' THEN 'click'
            WHEN 'unsubscribed' THEN 'unsubscribe'
            WHEN 'complained' THEN 'spam_complaint'
        END AS interaction,
        min(event_time) FILTER (kind = 'relayed') OVER (PARTITION BY message_id) AS queued_at
    FROM event
) AS queued_event
WHERE status IS NOT NULL OR interaction IS NOT NULL
ORDER BY event_time, message_id, kind, url;
