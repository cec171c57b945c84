-- delivery: until when each is observed, and its validity. Built from: source, source_delivery.
-- Messages whose inferred expiry may change with either join touched_message.

CREATE OR REPLACE TEMP TABLE horizon AS
SELECT
    source_delivery.delivery_key,
    min(source.first_time) AS observed_from,
    max(source.observed_until) AS observed_until,
    bool_or(format_validity.tells_engagement) AS tells_engagement,
    -- The validity that the analyst declared last, else the longest default of the formats that speak of the delivery.
    coalesce(
        max_by(source.validity_hours, source.source_id) FILTER (source.validity_hours IS NOT NULL),
        max(format_validity.validity_hours)) AS declared_hours,
    min(format_validity.ceiling_hours) AS ceiling_hours,
    min(source.format) AS format,
    coalesce(max(source_delivery.label), any_value(delivery.delivery_id)) AS label
FROM source_delivery
JOIN source USING (source_id)
JOIN delivery USING (delivery_key)
JOIN format_validity ON format_validity.format = source.format
WHERE source_delivery.delivery_key IN (SELECT delivery_key FROM affected_delivery)
GROUP BY source_delivery.delivery_key;

-- revalidated: one row per delivery whose validity changes. Mostly there is none, and then no transition is looked at.
CREATE OR REPLACE TEMP TABLE revalidated AS
SELECT delivery_key
FROM horizon JOIN delivery USING (delivery_key)
WHERE delivery.validity_hours <> least(horizon.declared_hours, horizon.ceiling_hours);

INSERT INTO touched_message
SELECT delivery_key, message_key
FROM (
    SELECT lapse.delivery_key, lapse.message_key
    FROM lapse JOIN horizon USING (delivery_key) JOIN delivery USING (delivery_key)
    WHERE lapses_at > least(delivery.observed_until, horizon.observed_until)
        AND lapses_at <= greatest(delivery.observed_until, horizon.observed_until)
    UNION
    SELECT delivery_key, message_key
    FROM transition SEMI JOIN revalidated USING (delivery_key)
    WHERE to_state = 'retrying'
) AS lapsing
ANTI JOIN touched_message USING (delivery_key, message_key);

UPDATE delivery
SET observed_from = horizon.observed_from,
    observed_until = horizon.observed_until,
    tells_engagement = horizon.tells_engagement,
    validity_hours = least(horizon.declared_hours, horizon.ceiling_hours),
    format = horizon.format,
    label = horizon.label
FROM horizon
WHERE delivery.delivery_key = horizon.delivery_key;
