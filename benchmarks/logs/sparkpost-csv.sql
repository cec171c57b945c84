-- SparkPost events as a CSV, in the order of their times. Built from: event.
-- Cancellations and replies are left out: SparkPost does not tell them.
SELECT
    strftime(event_time, '%Y-%m-%dT%H:%M:%S.%gZ') AS timestamp,
    CASE kind
        WHEN 'rejected' THEN 'policy_rejection'
        WHEN 'relayed' THEN 'injection'
        WHEN 'deferred' THEN 'delay'
        WHEN 'delivered' THEN 'delivery'
        WHEN 'opened' THEN 'open'
        WHEN 'clicked' THEN 'click'
        WHEN 'unsubscribed' THEN 'link_unsubscribe'
        WHEN 'complained' THEN 'spam_complaint'
        ELSE CASE WHEN phase = 'out_of_band' THEN 'out_of_band' ELSE 'bounce' END
    END AS type,
    (hash(message_id, kind, event_time, url) >> 4)::VARCHAR AS event_id,
    'news@shop.example' AS friendly_from,
    'bounces@shop.example' AS mailfrom,
    lower(recipient) AS rcpt_to,
    recipient AS raw_rcpt_to,
    concat('0004', md5(message_id)[:16]) AS message_id,
    delivery_id AS template_id,
    delivery_id AS campaign_id,
    'News of the week' AS subject,
    CASE
        WHEN kind = 'expired' THEN '21'
        WHEN kind = 'deferred' THEN '20'
        WHEN bounce_type = 'hard' THEN '10'
        WHEN bounce_type = 'soft' THEN '22'
        WHEN bounce_type = 'block' THEN '51'
    END AS bounce_class,
    CASE
        WHEN kind = 'expired' THEN '554 5.4.7 [internal] message timeout'
        WHEN kind IN ('deferred', 'bounced') THEN diagnostic
    END AS raw_reason,
    url AS target_link_url,
    to_json({'customer': message_id}) AS rcpt_meta
FROM event
WHERE kind IN (
    'rejected', 'relayed', 'deferred', 'delivered', 'bounced', 'expired', 'opened', 'clicked', 'unsubscribed',
    'complained')
ORDER BY event_time, message_id, type, target_link_url;
