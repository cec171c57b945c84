-- simulated_log_row: one row per prepared message as Campaign's sending logs hold it at the moment of the export.
-- Built from: simulated_event, simulated_message, simulated_answer. kind: the last thing that moved the message.
CREATE OR REPLACE TEMP TABLE simulated_log_row AS
WITH last_event AS (
    SELECT number, max_by(kind, event_time) AS kind, max(event_time) AS event_time, max_by(answer, event_time) AS answer
    FROM simulated_event
    WHERE kind IN ('rejected', 'relayed', 'deferred', 'delivered', 'bounced', 'expired', 'cancelled', 'complained')
    GROUP BY number
)
SELECT
    number, message_id, recipient, delivery_label, delivery_label_german, test_profile, prepared_at, relayed_at,
    prepared_at + INTERVAL 20 SECOND AS contact_at,
    kind IS NULL AS is_waiting,
    CASE WHEN kind = 'relayed' THEN NULL ELSE kind END AS kind,
    coalesce(event_time, prepared_at) AS event_time,
    CASE
        WHEN kind = 'rejected' THEN rejected_reason
        WHEN kind = 'complained' THEN 'Address on denylist'
        WHEN kind IN ('deferred', 'bounced', 'expired') THEN reason
    END AS reason,
    CASE
        WHEN kind IN ('deferred', 'bounced', 'expired') THEN diagnostic
        WHEN kind = 'complained' THEN 'Feedback loop: abuse'
    END AS diagnostic,
    CASE
        WHEN kind = 'rejected' THEN 'Ignored'
        WHEN kind IN ('deferred', 'expired') OR bounce_type = 'soft' THEN 'Soft'
        WHEN kind IN ('bounced', 'complained') THEN 'Hard'
    END AS failure_type
FROM simulated_message
LEFT JOIN last_event USING (number)
LEFT JOIN (SELECT * EXCLUDE (kind) FROM simulated_answer) AS answer USING (answer)
WHERE coalesce(prepared_at <= $until::TIMESTAMP, true);
