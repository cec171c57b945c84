-- event: the staged events, with their identities, which follow from what was told, and what the classifier says of
-- failures. Built from: meant_event, verdict, delivery. A message is (delivery_id, message_id, recipient); the domain of a
-- recipient is case-insensitive, the local part is not.
INSERT INTO event
WITH addressed AS (
    SELECT
        meant_event.*, coalesce(line, place + $lines_before) AS told_line,
        lower(CASE WHEN contains(recipient, '@') THEN split_part(recipient, '@', -1) ELSE '' END) AS recipient_domain,
        hash(
            kind, event_time, message_id, recipient, attempt, smtp_code, enhanced_status, bounce_type, phase, reason,
            diagnostic, url, expires_at, queued_at, test_profile) AS content_key,
        reply_key_of(meant_kind, bounce_type, reason, smtp_code, enhanced_status, diagnostic) AS reply_key
    FROM meant_event
    WHERE reject_reason IS NULL
)
SELECT
    delivery.delivery_key,
    hash(
        delivery_id, message_id, left(recipient, length(recipient) - length(recipient_domain)), recipient_domain
    ) AS message_key,
    CASE WHEN event_id IS NULL THEN content_key ELSE hash(event_id) END AS event_key,
    CASE WHEN event_id IS NULL THEN 0 ELSE content_key END AS content_key,
    meant_kind AS kind, event_time, event_id, message_id, recipient, recipient_domain, attempt, smtp_code, enhanced_status,
    coalesce(verdict.bounce_type, addressed.bounce_type) AS bounce_type, phase,
    coalesce(verdict.reason, addressed.reason) AS reason, diagnostic, url, expires_at, queued_at,
    coalesce(test_profile, false) AS test_profile, coalesce(addressed.time_assumed, false) AS time_assumed,
    addressed.source_id, told_line AS line
FROM addressed
JOIN delivery USING (delivery_id)
LEFT JOIN verdict USING (reply_key)
ORDER BY delivery_key, event_time;
