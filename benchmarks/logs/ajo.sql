-- Journey Optimizer's feedback and tracking datasets: one object per event, in the order of their times. Built from: event.
-- No event tells the relay: the feedback carries its time. Cancellations and replies are left out, as nothing tells them.
SELECT json_merge_patch('{}'::JSON, to_json({
    '_id': md5(concat(message_id, kind, event_time, url)),
    'timestamp': strftime(event_time, '%Y-%m-%dT%H:%M:%S.%gZ'),
    'eventType': CASE WHEN status IS NULL THEN 'message.tracking' ELSE 'message.feedback' END,
    'identityMap': {'Email': [{'id': recipient, 'primary': true}]},
    '_experience': {'customerJourneyManagement': {
        'messageDeliveryfeedback': CASE WHEN status IS NOT NULL THEN {
            'feedbackStatus': status,
            'retryCount': greatest(attempt - 1, 0),
            'requestTimestamp': strftime(queued_at, '%Y-%m-%dT%H:%M:%S.%gZ'),
            'messageFailure': CASE WHEN status IN ('bounce', 'delay') THEN {
                'type': CASE bounce_type WHEN 'hard' THEN 'Hard' WHEN 'soft' THEN 'Soft' ELSE 'Ignored' END,
                'category': CASE WHEN phase = 'out_of_band' THEN 'async' ELSE 'sync' END,
                'code': CASE
                    WHEN kind = 'expired' THEN '24'
                    WHEN bounce_type = 'hard' THEN '10'
                    WHEN bounce_type = 'block' THEN '51'
                    ELSE '22'
                END,
                'reason': diagnostic
            } END,
            'messageExclusion': CASE WHEN status = 'exclude' THEN {'code': '050109', 'reason': reason} END
        } END,
        'messageInteraction': CASE WHEN status IS NULL THEN {'interactionType': interaction, 'urlID': url} END,
        'emailChannelContext': {'address': recipient},
        'messageExecution': {
            'messageExecutionID': concat('x-', delivery_id), 'messageID': message_id,
            'campaignID': delivery_id, 'batchInstanceID': concat('b-', delivery_id)
        },
        'messageProfile': {
            'messageProfileID': md5(message_id), 'channel': {'_id': 'https://ns.adobe.com/xdm/channels/email'}
        }
    }}
})) AS record
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
