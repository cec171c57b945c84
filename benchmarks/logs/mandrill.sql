-- Mandrill's webhooks, collected: one object per event, in the order of their times. Built from: event. Relays,
-- cancellations and replies are left out: Mandrill does not tell them; its last retry ends as a soft bounce.
SELECT json_merge_patch('{}'::JSON, to_json({
    'event': CASE
        WHEN kind = 'delivered' THEN 'send'
        WHEN kind = 'deferred' THEN 'deferral'
        WHEN kind = 'bounced' AND bounce_type = 'hard' THEN 'hard_bounce'
        WHEN kind IN ('bounced', 'expired') THEN 'soft_bounce'
        WHEN kind = 'rejected' THEN 'reject'
        WHEN kind = 'opened' THEN 'open'
        WHEN kind = 'clicked' THEN 'click'
        WHEN kind = 'complained' THEN 'spam'
        ELSE 'unsub'
    END,
    '_id': message_id,
    'ts': epoch(event_time)::BIGINT,
    'url': url,
    'user_agent': CASE WHEN kind IN ('opened', 'clicked') THEN 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko' END,
    'msg': {
        '_id': message_id,
        'ts': epoch(queued_at)::BIGINT,
        'email': recipient,
        'sender': 'letter@shop.example',
        'subject': 'Letter',
        'tags': [delivery_id],
        'metadata': {'letter': '36'},
        'bounce_description': CASE WHEN kind = 'bounced' THEN reason END,
        'diag': CASE WHEN kind IN ('bounced', 'expired') THEN concat('smtp;', diagnostic) END,
        'smtp_events': CASE WHEN kind IN ('deferred', 'delivered')
            THEN [{'ts': epoch(event_time)::BIGINT, 'type': kind, 'diag': diagnostic, 'destination_ip': '192.0.2.17'}] END
    }
})) AS record
FROM (
    SELECT *, min(event_time) FILTER (kind = 'relayed') OVER (PARTITION BY message_id) AS queued_at FROM event
) AS queued_event
WHERE kind IN (
    'rejected', 'deferred', 'delivered', 'bounced', 'expired', 'opened', 'clicked', 'unsubscribed', 'complained')
ORDER BY event_time, message_id, kind, url;
