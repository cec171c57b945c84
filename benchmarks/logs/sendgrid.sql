-- A SendGrid event webhook, collected: one object per event, in the order of their times. Built from: event.
-- Cancellations and replies are left out: the webhook does not tell them.
SELECT json_merge_patch('{}'::JSON, to_json({
    'email': recipient,
    'timestamp': epoch(event_time)::BIGINT,
    'smtp-id': concat('<', message_id, '@mail.example>'),
    'event': CASE kind
        WHEN 'rejected' THEN 'dropped'
        WHEN 'relayed' THEN 'processed'
        WHEN 'bounced' THEN 'bounce'
        WHEN 'expired' THEN 'bounce'
        WHEN 'opened' THEN 'open'
        WHEN 'clicked' THEN 'click'
        WHEN 'unsubscribed' THEN 'unsubscribe'
        WHEN 'complained' THEN 'spamreport'
        ELSE kind
    END,
    'category': [delivery_id],
    'sg_event_id': md5(concat(message_id, kind, event_time, url)),
    'sg_message_id': concat(md5(message_id)[:22], '.filter0001.', message_id, '.0'),
    'ip': CASE WHEN kind IN ('delivered', 'bounced', 'opened', 'clicked') THEN '192.0.2.10' END,
    'response': CASE WHEN kind IN ('delivered', 'deferred') THEN diagnostic END,
    'attempt': CASE WHEN kind = 'deferred' THEN attempt::VARCHAR END,
    'type': CASE
        WHEN kind = 'expired' OR bounce_type = 'block' THEN 'blocked'
        WHEN kind = 'bounced' THEN 'bounce'
    END,
    'status': CASE WHEN kind IN ('bounced', 'expired') THEN enhanced_status END,
    'reason': CASE
        WHEN kind = 'rejected' THEN 'Bounced Address'
        WHEN kind = 'expired' THEN 'message expired'
        WHEN kind = 'bounced' THEN diagnostic
    END,
    'url': url,
    'sg_machine_open': CASE WHEN kind = 'opened' THEN diagnostic IS NOT NULL END,
    'useragent': CASE WHEN kind IN ('opened', 'clicked') THEN 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko' END
})) AS record
FROM event
WHERE kind IN (
    'rejected', 'relayed', 'deferred', 'delivered', 'bounced', 'expired', 'opened', 'clicked', 'unsubscribed',
    'complained')
ORDER BY event_time, message_id, kind, url;
