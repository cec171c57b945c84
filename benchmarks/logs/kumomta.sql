-- A KumoMTA log: one record per reception, attempt, expiry and late bounce, in the order of their times, with the keys
-- that it writes by default. Built from: event. Opens and clicks do not pass the mail server.
SELECT to_json({
    'type': CASE
        WHEN kind = 'relayed' THEN 'Reception'
        WHEN kind = 'delivered' THEN 'Delivery'
        WHEN kind = 'deferred' THEN 'TransientFailure'
        WHEN kind = 'expired' THEN 'Expiration'
        WHEN kind = 'cancelled' THEN 'AdminBounce'
        WHEN phase = 'out_of_band' THEN 'OOB'
        ELSE 'Bounce'
    END,
    'id': md5(concat(message_id, CASE WHEN phase = 'out_of_band' THEN ' returned' END)),
    'sender': 'letter@shop.example',
    'recipient': recipient,
    'queue': CASE
        WHEN phase = 'out_of_band' THEN 'bounce.shop.example'
        ELSE concat(delivery_id, ':shop@', split_part(recipient, '@', 2))
    END,
    'site': CASE WHEN kind = 'relayed' THEN '' ELSE concat('source1->mx.', split_part(recipient, '@', 2)) END,
    'size': 18024,
    'response': {
        'code': CASE WHEN kind IN ('relayed', 'delivered') THEN 250 ELSE coalesce(smtp_code, 551) END,
        'enhanced_code': CASE WHEN enhanced_status IS NOT NULL THEN {
            'class': split_part(enhanced_status, '.', 1)::INTEGER,
            'subject': split_part(enhanced_status, '.', 2)::INTEGER,
            'detail': split_part(enhanced_status, '.', 3)::INTEGER
        } END,
        'content': coalesce(diagnostic, ''),
        'command': CASE WHEN kind = 'delivered' THEN '.' END
    },
    'peer_address': {'name': concat('mx.', split_part(recipient, '@', 2), '.'), 'addr': '192.0.2.17'},
    'timestamp': epoch(event_time)::BIGINT,
    'created': epoch(queued_at)::BIGINT,
    'event_time': strftime(event_time, '%Y-%m-%dT%H:%M:%S.%f000Z'),
    'created_time': strftime(queued_at, '%Y-%m-%dT%H:%M:%S.%f000Z'),
    'num_attempts': coalesce(attempt, 0),
    'bounce_classification': CASE
        WHEN bounce_type = 'hard' THEN 'InvalidRecipient'
        WHEN bounce_type = 'soft' OR kind = 'deferred' THEN 'QuotaIssues'
        WHEN bounce_type = 'block' THEN 'PolicyRelated'
        ELSE 'Uncategorized'
    END,
    'egress_pool': 'pool0',
    'egress_source': CASE WHEN kind IN ('delivered', 'deferred') THEN 'source1' END,
    'feedback_report': NULL,
    'meta': '{}'::JSON,
    'headers': '{}'::JSON,
    'delivery_protocol': CASE
        WHEN kind IN ('delivered', 'deferred') OR phase = 'in_band' THEN 'ESMTP'
    END,
    'reception_protocol': 'HTTP',
    'nodeid': '00000000-0000-4000-8000-000000000001'
}) AS record
FROM (
    SELECT *, min(event_time) FILTER (kind = 'relayed') OVER (PARTITION BY message_id) AS queued_at
    FROM event
    WHERE kind IN ('relayed', 'deferred', 'delivered', 'bounced', 'expired', 'cancelled')
) AS queued_event
ORDER BY event_time, message_id, kind;
