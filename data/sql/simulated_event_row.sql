-- simulated_event_row: one row per event with the columns of Sendlog's own event logs. Built from: simulated_event,
-- simulated_message, simulated_answer.
CREATE OR REPLACE TEMP VIEW simulated_event_row AS
SELECT
    number AS message_number,
    event.kind,
    strftime(event_time, '%Y-%m-%dT%H:%M:%SZ') AS event_time,
    message_id, recipient, delivery_id,
    CASE WHEN event.kind = 'relayed' THEN delivery_label END AS delivery_label,
    attempt, smtp_code,
    CASE WHEN event.kind = 'expired' THEN '4.4.7' ELSE enhanced_status END AS enhanced_status,
    bounce_type, phase,
    CASE WHEN event.kind = 'rejected' THEN rejected_reason ELSE reason END AS reason,
    CASE WHEN event.answer = 'proxy' THEN 'image proxy' ELSE diagnostic END AS diagnostic,
    url,
    CASE WHEN event.kind = 'relayed' THEN strftime(expires_at, '%Y-%m-%dT%H:%M:%SZ') END AS expires_at,
    CASE WHEN test_profile THEN 'true' END AS test_profile
FROM simulated_event AS event
JOIN simulated_message USING (number)
LEFT JOIN simulated_answer AS answer USING (answer);
