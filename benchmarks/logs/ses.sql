-- Amazon SES events as Firehose writes them: one a line, in the order of their times, with the headers that SES repeats
-- in each. Built from: event. SES tells neither a cancellation nor a reply; complaints are left out, because they are so
-- rare that a bare read does not find their key in the records that it looks at first.
SELECT json_merge_patch('{}'::JSON, to_json({
    'eventType': CASE kind
        WHEN 'relayed' THEN 'Send'
        WHEN 'delivered' THEN 'Delivery'
        WHEN 'deferred' THEN 'DeliveryDelay'
        WHEN 'opened' THEN 'Open'
        WHEN 'clicked' THEN 'Click'
        WHEN 'rejected' THEN 'Reject'
        WHEN 'failed' THEN 'Rendering Failure'
        ELSE 'Bounce'
    END,
    'mail': {
        'timestamp': strftime(queued_at, '%Y-%m-%dT%H:%M:%S.%gZ'),
        'source': 'letter@shop.example',
        'sourceArn': 'arn:aws:ses:eu-north-1:000000000000:identity/shop.example',
        'sendingAccountId': '000000000000',
        'messageId': concat(md5(message_id), '-000000'),
        'destination': [recipient],
        'headersTruncated': false,
        'headers': [
            {'name': 'From', 'value': 'letter@shop.example'}, {'name': 'To', 'value': recipient},
            {'name': 'Subject', 'value': 'Your letter'}, {'name': 'MIME-Version', 'value': '1.0'}],
        'commonHeaders': {'from': ['letter@shop.example'], 'to': [recipient], 'subject': 'Your letter'},
        'tags': {'ses:configuration-set': ['letters'], 'ses:source-ip': ['192.0.2.1'], 'campaign': [delivery_id]}
    },
    'send': CASE WHEN kind = 'relayed' THEN '{}'::JSON END,
    'delivery': CASE WHEN kind = 'delivered' THEN {
        'timestamp': told_at, 'recipients': [recipient], 'processingTimeMillis': 1200,
        'smtpResponse': coalesce(diagnostic, '250 2.0.0 OK'), 'reportingMTA': 'mta.example'
    } END,
    'deliveryDelay': CASE WHEN kind = 'deferred' THEN {
        'timestamp': told_at, 'delayType': 'TransientCommunicationFailure',
        'expirationTime': strftime(queued_at + INTERVAL 84 HOUR, '%Y-%m-%dT%H:%M:%S.%gZ'),
        'delayedRecipients': [affected]
    } END,
    'bounce': CASE WHEN kind IN ('bounced', 'expired') THEN {
        'feedbackId': md5(concat(message_id, kind)), 'timestamp': told_at,
        'bounceType': CASE bounce_type WHEN 'hard' THEN 'Permanent' ELSE 'Transient' END,
        'bounceSubType': CASE kind WHEN 'expired' THEN 'CustomTimeoutExceeded' ELSE 'General' END,
        'bouncedRecipients': [affected]
    } END,
    'reject': CASE WHEN kind = 'rejected' THEN {'reason': 'Bad content'} END,
    'failure': CASE WHEN kind = 'failed' THEN {'errorMessage': 'An attribute is missing.', 'templateName': 'letter'} END,
    'open': CASE WHEN kind = 'opened' THEN {'timestamp': told_at, 'ipAddress': '192.0.2.4', 'userAgent': 'Reader/1.0'} END,
    'click': CASE WHEN kind = 'clicked' THEN {
        'timestamp': told_at, 'ipAddress': '192.0.2.4', 'userAgent': 'Reader/1.0', 'link': url
    } END
})) AS record
FROM (
    SELECT
        *,
        coalesce(min(event_time) FILTER (kind = 'relayed') OVER (PARTITION BY message_id), event_time) AS queued_at,
        strftime(event_time, '%Y-%m-%dT%H:%M:%S.%gZ') AS told_at,
        {'emailAddress': recipient, 'status': enhanced_status, 'diagnosticCode': concat('smtp; ', diagnostic)} AS affected
    FROM event
    WHERE kind IN (
        'rejected', 'relayed', 'deferred', 'delivered', 'bounced', 'expired', 'failed', 'opened', 'clicked')
) AS queued_event
ORDER BY event_time, message_id, kind, url;
