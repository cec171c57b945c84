-- A SparkPost webhook, collected: one posted event a line, in the order of their times. Built from: event.
-- Cancellations and replies are left out: the webhook does not tell them.
SELECT to_json({'msys': {
    'message_event': json_merge_patch('{}'::JSON, to_json({
        'type': CASE kind
            WHEN 'rejected' THEN 'policy_rejection'
            WHEN 'relayed' THEN 'injection'
            WHEN 'deferred' THEN 'delay'
            WHEN 'delivered' THEN 'delivery'
            WHEN 'opened' THEN 'open'
            WHEN 'clicked' THEN 'click'
            WHEN 'unsubscribed' THEN 'link_unsubscribe'
            WHEN 'complained' THEN 'spam_complaint'
            ELSE CASE WHEN phase = 'out_of_band' THEN 'out_of_band' ELSE 'bounce' END
        END,
        'timestamp': epoch(event_time)::BIGINT::VARCHAR,
        'event_id': (hash(message_id, kind, event_time, url) >> 4)::VARCHAR,
        'message_id': concat('0004', md5(message_id)[:16]),
        'rcpt_to': lower(recipient),
        'raw_rcpt_to': recipient,
        'campaign_id': delivery_id,
        'transmission_id': (hash(delivery_id) >> 8)::VARCHAR,
        'customer_id': '1',
        'friendly_from': 'news@shop.example',
        'msg_from': 'bounces@shop.example',
        'msg_size': '20480',
        'rcpt_meta': {'customer': message_id},
        'rcpt_tags': ['spring'],
        'routing_domain': split_part(recipient, '@', 2),
        'sending_ip': '192.0.2.10',
        'subject': 'News of the week',
        'template_id': delivery_id,
        'bounce_class': CASE
            WHEN kind = 'expired' THEN '21'
            WHEN kind = 'deferred' THEN '20'
            WHEN bounce_type = 'hard' THEN '10'
            WHEN bounce_type = 'soft' THEN '22'
            WHEN bounce_type = 'block' THEN '51'
        END,
        'error_code': CASE WHEN kind IN ('deferred', 'bounced', 'expired') THEN smtp_code::VARCHAR END,
        'num_retries': (attempt - 1)::VARCHAR,
        'raw_reason': CASE
            WHEN kind = 'expired' THEN '554 5.4.7 [internal] message timeout'
            WHEN kind IN ('deferred', 'bounced') THEN diagnostic
        END,
        'target_link_url': url,
        'user_agent': CASE WHEN kind IN ('opened', 'clicked') THEN 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko' END
    }))
}}) AS record
FROM event
WHERE kind IN (
    'rejected', 'relayed', 'deferred', 'delivered', 'bounced', 'expired', 'opened', 'clicked', 'unsubscribed',
    'complained')
ORDER BY event_time, message_id, kind, url;
