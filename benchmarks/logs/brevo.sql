-- Brevo's webhooks, collected: one object per event, in the order of their times. Built from: event. Cancellations and
-- replies are left out: Brevo does not tell them; its last retry ends as a soft bounce.
SELECT json_merge_patch('{}'::JSON, to_json({
    'event': CASE
        WHEN kind = 'relayed' THEN 'request'
        WHEN kind = 'bounced' AND bounce_type = 'hard' THEN 'hard_bounce'
        WHEN kind IN ('bounced', 'expired') THEN 'soft_bounce'
        WHEN kind = 'rejected' THEN 'blocked'
        WHEN kind = 'opened' AND diagnostic IS NOT NULL THEN 'proxy_open'
        WHEN kind = 'clicked' THEN 'click'
        WHEN kind = 'complained' THEN 'spam'
        WHEN kind = 'unsubscribed' THEN 'unsubscribe'
        ELSE kind
    END,
    'email': recipient,
    'id': 9,
    'message-id': concat('<', message_id, '@mail.example>'),
    'date': strftime(event_time + INTERVAL 2 HOUR, '%Y-%m-%d %H:%M:%S'),
    'ts': epoch(event_time)::BIGINT + 7200,
    'ts_event': epoch(event_time)::BIGINT,
    'ts_epoch': epoch_ms(event_time),
    'subject': 'Letter',
    'tags': [delivery_id],
    'sending_ip': '192.0.2.10',
    'reason': CASE
        WHEN kind = 'rejected' THEN 'blocked : due to blacklist user'
        WHEN kind IN ('deferred', 'bounced', 'expired') THEN diagnostic
    END,
    'link': url
})) AS record
FROM event
WHERE kind IN (
    'rejected', 'relayed', 'deferred', 'delivered', 'bounced', 'expired', 'opened', 'clicked', 'unsubscribed',
    'complained')
ORDER BY event_time, message_id, kind, url;
