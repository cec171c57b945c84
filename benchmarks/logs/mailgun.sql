-- Mailgun events as its webhooks post them, collected: one object per event, in the order of their times. Built from:
-- event. Cancellations and replies are left out: Mailgun does not tell them.
SELECT json_merge_patch('{}'::JSON, to_json({
    'signature': {'timestamp': epoch(event_time)::BIGINT::VARCHAR, 'token': md5(message_id), 'signature': md5(recipient)},
    'event-data': {
        'event': CASE
            WHEN kind = 'relayed' THEN 'accepted'
            WHEN kind IN ('deferred', 'bounced', 'expired', 'rejected') THEN 'failed'
            ELSE kind
        END,
        'id': left(md5(concat(message_id, kind, event_time, url)), 22),
        'timestamp': epoch(event_time),
        'log-level': CASE WHEN kind IN ('bounced', 'expired', 'rejected') THEN 'error' ELSE 'info' END,
        'severity': CASE
            WHEN kind = 'deferred' THEN 'temporary'
            WHEN kind IN ('bounced', 'expired', 'rejected') THEN 'permanent'
        END,
        'reason': CASE kind
            WHEN 'deferred' THEN 'generic'
            WHEN 'bounced' THEN 'bounce'
            WHEN 'expired' THEN 'old'
            WHEN 'rejected' THEN 'suppress-bounce'
        END,
        'recipient': recipient,
        'recipient-domain': split_part(recipient, '@', 2),
        'tags': [delivery_id],
        'campaigns': []::VARCHAR[],
        'message': {'headers': {'message-id': message_id, 'from': 'letter@shop.example', 'subject': 'Letter'}},
        'delivery-status': CASE WHEN kind IN ('deferred', 'delivered', 'bounced', 'expired', 'rejected') THEN {
            'code': CASE kind WHEN 'expired' THEN 602 WHEN 'rejected' THEN 605 ELSE smtp_code END,
            'message': CASE WHEN kind = 'expired' THEN 'Too old' ELSE diagnostic END,
            'attempt-no': attempt,
            'enhanced-code': enhanced_status,
            'bounce-type': CASE WHEN bounce_type IN ('hard', 'soft') THEN bounce_type END
        } END,
        'flags': {'is-routed': false, 'is-test-mode': false, 'is-delayed-bounce': coalesce(phase = 'out_of_band', false)},
        'url': url
    }
})) AS record
FROM event
WHERE kind IN (
    'rejected', 'relayed', 'deferred', 'delivered', 'bounced', 'expired', 'opened', 'clicked', 'unsubscribed',
    'complained')
ORDER BY event_time, message_id, kind, url;
