-- sparkpost_event: one row per event, out of its envelope, or flat as the Events API gives it. Built from: record.
CREATE OR REPLACE TEMP VIEW sparkpost_event AS
SELECT
    line,
    unnest(
        CASE
            WHEN told.msys IS NOT NULL THEN map_values(told.msys)[1]
            ELSE {
                'type': told.type, 'timestamp': told.timestamp, 'event_id': told.event_id,
                'message_id': told.message_id, 'rcpt_to': told.rcpt_to, 'raw_rcpt_to': told.raw_rcpt_to,
                'rcpt_hash': told.rcpt_hash, 'campaign_id': told.campaign_id, 'transmission_id': told.transmission_id,
                'injection_time': told.injection_time, 'queue_time': told.queue_time, 'num_retries': told.num_retries,
                'bounce_class': told.bounce_class, 'error_code': told.error_code, 'raw_reason': told.raw_reason,
                'reason': told.reason, 'fbtype': told.fbtype, 'target_link_url': told.target_link_url
            }
        END)
FROM record
WHERE told IS NOT NULL AND coalesce(cardinality(told.msys) > 0, true);

-- told_event: one row per event. An empty envelope is what SparkPost tests a webhook with.
CREATE OR REPLACE TEMP VIEW told_event AS
SELECT
    *,
    CASE WHEN is_nested(message_id) OR is_nested(recipient) THEN 'the message or its recipient is an object or a list' END
        AS reject_reason
FROM sparkpost_told('sparkpost_event')
UNION ALL BY NAME
SELECT line, 'ignored' AS kind FROM record WHERE cardinality(told.msys) = 0;
