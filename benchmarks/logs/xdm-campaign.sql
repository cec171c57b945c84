-- XDM events of Campaign's delivery and tracking logs: one object per event, in the order of their times. Built from: event.
-- A deferral changes no status without the Email Feedback Service; replies and complaints are told by no log.
SELECT json_merge_patch('{}'::JSON, to_json({
    '_id': md5(concat(message_id, kind, event_time, url)),
    'timestamp': strftime(event_time, '%Y-%m-%dT%H:%M:%S.%gZ'),
    'eventType': CASE kind
        WHEN 'opened' THEN 'directMarketing.emailOpened'
        WHEN 'clicked' THEN 'directMarketing.emailClicked'
        WHEN 'unsubscribed' THEN 'directMarketing.emailUnsubscribed'
    END,
    '_experience': {'campaign': {
        'broadlogID': message_id,
        'trackinglogID': CASE WHEN status IS NULL THEN md5(concat(message_id, kind, event_time, url)) END,
        'deliveryID': delivery_id, 'deliveryLabel': delivery_id, 'recipientID': md5(recipient), 'channel': 'Email',
        'status': status, 'reason': CASE WHEN status = 'Failed' THEN xdm_reason END,
        'reasonMessage': CASE WHEN status = 'Failed' THEN diagnostic END, 'url': url
    }}
})) AS record
FROM (
    SELECT
        *,
        CASE kind
            WHEN 'rejected' THEN 'Ignored'
            WHEN 'relayed' THEN 'Sent'
            WHEN 'bounced' THEN 'Failed'
            WHEN 'expired' THEN 'Failed'
            WHEN 'cancelled' THEN 'Canceled'
        END AS status,
        CASE WHEN kind = 'expired' THEN 'expired' WHEN bounce_type = 'hard' THEN 'unknown_user' ELSE 'refused' END
            AS xdm_reason
    FROM event
) AS logged_event
WHERE status IS NOT NULL OR kind IN ('opened', 'clicked', 'unsubscribed')
ORDER BY event_time, message_id, kind, url;
