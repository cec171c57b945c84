-- Postmark's webhooks, collected: one object per record, in the order of their times. Built from: event. Relays,
-- cancellations and replies are left out: Postmark does not tell them; its last retry ends as a soft bounce.
SELECT json_merge_patch('{}'::JSON, to_json({
    'RecordType': CASE
        WHEN kind = 'delivered' THEN 'Delivery'
        WHEN kind = 'opened' THEN 'Open'
        WHEN kind = 'clicked' THEN 'Click'
        WHEN kind = 'unsubscribed' THEN 'SubscriptionChange'
        WHEN kind = 'complained' THEN 'SpamComplaint'
        ELSE 'Bounce'
    END,
    'ServerID': 23,
    'MessageStream': 'broadcast',
    'MessageID': message_id,
    'ID': CASE WHEN kind IN ('rejected', 'deferred', 'bounced', 'expired', 'complained')
        THEN hash(message_id, kind, event_time) % 1000000000 END,
    'Type': CASE
        WHEN kind = 'rejected' THEN 'ManuallyDeactivated'
        WHEN kind = 'deferred' THEN 'Transient'
        WHEN kind = 'complained' THEN 'SpamComplaint'
        WHEN kind = 'bounced' AND bounce_type = 'hard' THEN 'HardBounce'
        WHEN kind IN ('bounced', 'expired') THEN 'SoftBounce'
    END,
    'Recipient': CASE WHEN kind IN ('delivered', 'opened', 'clicked', 'unsubscribed') THEN recipient END,
    'Email': CASE WHEN kind IN ('rejected', 'deferred', 'bounced', 'expired', 'complained') THEN recipient END,
    'DeliveredAt': CASE WHEN kind = 'delivered' THEN written_time END,
    'BouncedAt': CASE WHEN kind IN ('rejected', 'deferred', 'bounced', 'expired', 'complained') THEN written_time END,
    'ReceivedAt': CASE WHEN kind IN ('opened', 'clicked') THEN written_time END,
    'ChangedAt': CASE WHEN kind = 'unsubscribed' THEN written_time END,
    'Tag': delivery_id,
    'Metadata': {'letter': '36'},
    'Details': CASE WHEN diagnostic IS NOT NULL AND kind <> 'opened' THEN concat('smtp;', diagnostic) END,
    'OriginalLink': url,
    'SuppressSending': CASE WHEN kind = 'unsubscribed' THEN true END,
    'SuppressionReason': CASE WHEN kind = 'unsubscribed' THEN 'ManualSuppression' END,
    'UserAgent': CASE WHEN kind IN ('opened', 'clicked') THEN 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko' END
})) AS record
FROM (SELECT *, strftime(event_time, '%Y-%m-%dT%H:%M:%S.%f0Z') AS written_time FROM event) AS timed_event
WHERE kind IN (
    'rejected', 'deferred', 'delivered', 'bounced', 'expired', 'opened', 'clicked', 'unsubscribed', 'complained')
ORDER BY event_time, message_id, kind, url;
