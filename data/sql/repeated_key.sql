-- repeated_key: one row per event of a batch that several rows tell. Built from: batch_event.
SELECT delivery_key, message_key, event_key
FROM batch_event
GROUP BY delivery_key, message_key, event_key
HAVING count(*) > 1;
