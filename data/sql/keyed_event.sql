-- keyed_event, told_event: one row per staged event, with its identities. Built from: staged_event, delivery.
-- A message is (delivery_id, message_id, recipient); the domain of a recipient is case-insensitive, the local part is not.
-- A view, because hashing twice is cheaper than writing once.

INSERT INTO delivery (delivery_key, delivery_id, label, channel)
SELECT nextval('delivery_number'), delivery_id, delivery_id, 'email'
FROM (SELECT DISTINCT delivery_id FROM staged_event WHERE reject_reason IS NULL ORDER BY delivery_id) AS named
WHERE delivery_id NOT IN (SELECT delivery_id FROM delivery);

CREATE OR REPLACE TEMP VIEW keyed_event AS
WITH addressed AS (
    SELECT
        staged_event.*,
        lower(CASE WHEN contains(recipient, '@') THEN split_part(recipient, '@', -1) ELSE '' END) AS recipient_domain,
        hash(
            kind, event_time, message_id, recipient, attempt, smtp_code, enhanced_status, bounce_type, phase, reason,
            diagnostic, url, expires_at, queued_at, test_profile) AS content_key
    FROM staged_event
    WHERE reject_reason IS NULL
)
SELECT
    delivery.delivery_key,
    hash(message_id, left(recipient, length(recipient) - length(recipient_domain)), recipient_domain) AS message_key,
    CASE WHEN event_id IS NULL THEN content_key ELSE hash(event_id) END AS event_key,
    CASE WHEN event_id IS NOT NULL THEN content_key END AS content_key,
    kind, event_time, event_id, message_id, recipient, recipient_domain, attempt, smtp_code, enhanced_status,
    bounce_type, phase, reason, diagnostic, url, expires_at, queued_at,
    coalesce(test_profile, false) AS test_profile, coalesce(addressed.time_assumed, false) AS time_assumed,
    source_id, line
FROM addressed JOIN delivery USING (delivery_id);

CREATE OR REPLACE TEMP TABLE staged_source_delivery AS
SELECT source_id, delivery_key, max(delivery_label) AS label
FROM (
    SELECT source_id, delivery_id, delivery_label FROM staged_event WHERE reject_reason IS NULL
    UNION ALL
    FROM staged_delivery
) AS named
JOIN delivery USING (delivery_id)
GROUP BY source_id, delivery_key;

DELETE FROM source_delivery
USING staged_source_delivery AS staged
WHERE source_delivery.source_id = staged.source_id AND source_delivery.delivery_key = staged.delivery_key;
INSERT INTO source_delivery FROM staged_source_delivery;

-- told_event: one row per staged event, its keys alone: hashed once for all that follows.
CREATE OR REPLACE TEMP TABLE told_event AS
SELECT source_id, line, delivery_key, message_key, event_key, content_key, kind FROM keyed_event;
