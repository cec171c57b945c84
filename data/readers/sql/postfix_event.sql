-- staged_event: one row per event of the messages, from every source that tells it; staged_again: their records.
-- Built from: postfix_recipient, postfix_delivery, postfix_journey, postfix_life, postfix_living, postfix_named.

-- postfix_addressed: one row per message and queue id under which it travelled, with its identities.
CREATE OR REPLACE TEMP TABLE postfix_addressed AS
SELECT
    journey.life_key, recipient, root.message_id, root.relayed_at, root.first_record, hops, delivery_id, delivery_label
FROM postfix_recipient
JOIN postfix_journey AS journey USING (root_key)
JOIN postfix_life AS root ON root.life_key = root_key
JOIN postfix_delivery ON postfix_delivery.life_key = root_key;

TRUNCATE staged_event;

INSERT INTO staged_event BY NAME
SELECT
    first_record.source_id, first_record.line, 'relayed'::kind AS kind, relayed_at AS event_time,
    message_id, recipient, delivery_id, delivery_label, first_record.time_assumed
FROM postfix_addressed
WHERE hops = 0;

INSERT INTO staged_event BY NAME
SELECT
    living.source_id, living.line, living.telling::VARCHAR::kind AS kind, living.logged_at AS event_time,
    message_id, recipient, delivery_id, delivery_label, living.smtp_code, living.enhanced_status,
    CASE WHEN telling = 'bounced' THEN 'undetermined' END AS bounce_type,
    CASE WHEN telling = 'bounced' THEN 'in_band' END AS phase,
    living.diagnostic, living.time_assumed
FROM postfix_living AS living JOIN postfix_addressed USING (life_key, recipient)
WHERE telling IN ('deferred', 'delivered', 'bounced');

-- The lines that end a life name no recipient: they speak for everyone whose fate is not settled by then.
INSERT INTO staged_event BY NAME
WITH ending AS (
    SELECT DISTINCT ON (life_key) life_key, source_id, line, logged_at, telling, time_assumed
    FROM postfix_living
    WHERE telling IN ('expired', 'removed', 'withdrawn')
    ORDER BY life_key, logged_at, telling, source_id, line
)
SELECT
    ending.source_id, ending.line,
    CASE telling WHEN 'expired' THEN 'expired' WHEN 'withdrawn' THEN 'cancelled' ELSE 'unknown' END::kind AS kind,
    ending.logged_at AS event_time, message_id, recipient, delivery_id, delivery_label,
    CASE WHEN telling = 'removed' THEN 'removed without a final status' END AS reason,
    ending.time_assumed
FROM ending
JOIN postfix_addressed USING (life_key)
LEFT JOIN postfix_named AS named USING (life_key, recipient)
WHERE coalesce(named.settled_at > ending.logged_at, true)
    AND (named.recipient IS NOT NULL OR (hops = 0 AND starts_with(recipient, 'unnamed recipient ')));

INSERT INTO staged_again SELECT source_id, line FROM postfix_living;
