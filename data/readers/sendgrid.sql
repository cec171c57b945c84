-- told_event: one row per SendGrid event. Built from: record.
CREATE OR REPLACE TEMP VIEW told_event AS
SELECT
    line,
    CASE told.event
        WHEN 'processed' THEN 'relayed'
        WHEN 'delivered' THEN 'delivered'
        WHEN 'deferred' THEN 'deferred'
        WHEN 'bounce' THEN 'bounced'
        WHEN 'dropped' THEN 'rejected'
        ELSE told.event
    END AS kind,
    told.timestamp AS event_time,
    told.sg_event_id AS event_id,
    regexp_replace(told.sg_message_id, '\.(filter|recvd).*$', '') AS message_id,
    told.email AS recipient,
    coalesce(told.marketing_campaign_id, told.category, getvariable('delivery')) AS delivery_id,
    told.url AS url
FROM record
WHERE told IS NOT NULL;
