-- event: the staged events, with their identities, and what the classifier says of failures. An unknown event is of the
-- kind that the analyst says its word means. Built from: staged_event, verdict, meaning, delivery. A message is (delivery_id,
-- message_id, recipient); the domain of a recipient is case-insensitive, the local part is not.
INSERT INTO event
WITH addressed AS (
    SELECT
        staged_event.*, coalesce(line, place + $lines_before) AS told_line,
        lower(CASE WHEN contains(recipient, '@') THEN split_part(recipient, '@', -1) ELSE '' END) AS recipient_domain,
        hash(
            kind, event_time, message_id, recipient, attempt, smtp_code, enhanced_status, bounce_type, phase, reason,
            diagnostic, url, expires_at, queued_at, test_profile) AS content_key,
        reply_key_of(kind, bounce_type, reason, smtp_code, enhanced_status, diagnostic) AS reply_key
    FROM staged_event
    WHERE reject_reason IS NULL
)
SELECT
    delivery.delivery_key,
    hash(
        delivery_id, message_id, left(recipient, length(recipient) - length(recipient_domain)), recipient_domain
    ) AS message_key,
    CASE WHEN event_id IS NULL THEN content_key ELSE hash(event_id) END AS event_key,
    CASE WHEN event_id IS NULL THEN 0 ELSE content_key END AS content_key,
    CASE WHEN addressed.kind = 'unknown' THEN coalesce(meaning.kind, addressed.kind::kind) ELSE addressed.kind END AS kind,
    event_time, event_id, message_id, recipient, recipient_domain, attempt, smtp_code, enhanced_status,
    coalesce(verdict.bounce_type, addressed.bounce_type) AS bounce_type, phase,
    coalesce(verdict.reason, addressed.reason) AS reason, diagnostic, url, expires_at, queued_at,
    coalesce(test_profile, false) AS test_profile, coalesce(addressed.time_assumed, false) AS time_assumed,
    addressed.source_id, told_line AS line
FROM addressed
JOIN delivery USING (delivery_id)
LEFT JOIN verdict USING (reply_key)
LEFT JOIN meaning ON meaning.source_id = addressed.source_id AND meaning.word = addressed.reason
ORDER BY delivery_key, event_time;
