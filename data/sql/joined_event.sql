-- staged_event: the affected loose events, with the delivery, message and recipient that other records of the family name.
-- Who is named by none, or by several, is left out, until a file names it. Built from: affected_loose, loose_event, event.

-- whole: the messages that a record names wholly, as far as they matter here.
WITH family_source AS (
    SELECT source_id FROM source JOIN format_validity ON format_validity.format = source.format WHERE family = $family
),
-- Those of a source that is being removed are gone by now.
loose AS (FROM affected_loose SEMI JOIN loose_event USING (source_id, line)),
wanted_message AS (SELECT DISTINCT message_id FROM loose WHERE message_id IS NOT NULL),
wanted_address AS (SELECT DISTINCT lower(recipient) AS address FROM loose WHERE message_id IS NULL),
whole AS (
    SELECT
        message_id, lower(recipient) AS address, min(recipient) AS recipient, min(delivery_id) AS delivery_id,
        min(event_time) AS first_time
    FROM event
    SEMI JOIN family_source USING (source_id)
    ANTI JOIN loose_event USING (source_id, line)
    JOIN delivery USING (delivery_key)
    WHERE message_id IN (FROM wanted_message) OR lower(recipient) IN (FROM wanted_address)
    GROUP BY message_id, address
),
-- Messages that loose events name, but for the delivery.
addressed AS (
    SELECT
        message_id, lower(recipient) AS address, min(recipient) AS recipient, min(delivery_id) AS delivery_id,
        min(declared_id) AS declared_id, min(event_time) AS first_time
    FROM loose_event
    WHERE family = $family AND recipient IS NOT NULL
        AND (message_id IN (FROM wanted_message) OR (message_id IS NOT NULL AND lower(recipient) IN (FROM wanted_address)))
    GROUP BY message_id, address
),
known AS (
    SELECT
        message_id, address,
        coalesce(whole.recipient, addressed.recipient) AS recipient,
        coalesce(whole.delivery_id, addressed.delivery_id, addressed.declared_id, $unnamed_id) AS delivery_id,
        least(whole.first_time, addressed.first_time) AS first_time
    FROM whole FULL JOIN addressed USING (message_id, address)
),
only_recipient AS (
    SELECT message_id, any_value(recipient) AS recipient, any_value(delivery_id) AS delivery_id
    FROM known
    GROUP BY message_id
    HAVING count(*) = 1
),
-- Of messages that began at one moment, one stands for all, whichever file came first.
last_known AS (
    FROM known QUALIFY row_number() OVER (PARTITION BY address, first_time ORDER BY message_id, delivery_id) = 1
),
last_known_of_delivery AS (
    FROM known QUALIFY row_number() OVER (PARTITION BY address, delivery_id, first_time ORDER BY message_id) = 1
),
named AS (
    SELECT loose.*, known.message_id AS known_id, known.recipient AS known_recipient, known.delivery_id AS known_delivery
    FROM loose JOIN known ON known.message_id = loose.message_id AND known.address = lower(loose.recipient)
    UNION ALL
    SELECT loose.*, only_recipient.message_id, only_recipient.recipient, only_recipient.delivery_id
    FROM loose JOIN only_recipient ON only_recipient.message_id = loose.message_id
    WHERE loose.recipient IS NULL
    UNION ALL
    -- Without a message, the last one that was under way to the recipient then,
    SELECT loose.*, known.message_id, known.recipient, known.delivery_id
    FROM loose ASOF JOIN last_known AS known
        ON known.address = lower(loose.recipient) AND loose.event_time >= known.first_time
    WHERE loose.message_id IS NULL AND loose.delivery_id IS NULL
    UNION ALL
    -- in the delivery that the record names, if it does.
    SELECT loose.*, known.message_id, known.recipient, known.delivery_id
    FROM loose ASOF JOIN last_known_of_delivery AS known
        ON known.address = lower(loose.recipient) AND known.delivery_id = loose.delivery_id
        AND loose.event_time >= known.first_time
    WHERE loose.message_id IS NULL
)
SELECT
    source_id, line, kind, event_time, event_id,
    known_id AS message_id, known_recipient AS recipient,
    coalesce(delivery_id, known_delivery) AS delivery_id,
    delivery_label, attempt, smtp_code, enhanced_status, bounce_type, phase, reason, diagnostic, url, expires_at,
    queued_at, test_profile, time_assumed, NULL::VARCHAR AS reject_reason, NULL::BIGINT AS place
FROM named;
