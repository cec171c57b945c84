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

-- simulated_horizon: one row: before when no delivery to come has an event (its messages are prepared 20 seconds ahead of
-- its contact date); NULL where none is to come.
CREATE OR REPLACE TEMP TABLE simulated_horizon AS
SELECT strftime(min(contact_date) - INTERVAL 20 SECOND, '%Y-%m-%dT%H:%M:%SZ') AS settled_until
FROM simulated_delivery
WHERE delivery_number > $last_delivery;

-- simulated_late_row: the rows that wait for the next part of the file, so that the whole is in time order.
CREATE TEMP TABLE IF NOT EXISTS simulated_late_row AS FROM simulated_event_row LIMIT 0;

-- simulated_told_row: the rows of these deliveries and the late ones of those before. is_settled: may be written now.
CREATE OR REPLACE TEMP VIEW simulated_told_row AS
SELECT told.*, coalesce(event_time < settled_until, true) AS is_settled
FROM (FROM simulated_event_row UNION ALL FROM simulated_late_row) AS told, simulated_horizon;
