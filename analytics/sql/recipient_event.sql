-- One row per event that is told of an address, over all deliveries, in the order of events; of the records that tell it, the
-- one that counts (as in counted_event_of, which would look through all addresses). attempt: the number of the attempt that it
-- ended, NULL where it ended none. Built from: event, source. $local: the address up to its domain, with the @; $domain: in
-- lower case. The address is masked here, also where a reply or a link repeats it, so that hidden ones never leave the store.
WITH record AS (
    SELECT
        *, CASE WHEN recipient_domain = '' THEN left(recipient, 1) || '***'
            ELSE left(recipient, 1) || '***@' || recipient_domain END AS mask
    FROM event
    -- Written so that a scan of the address alone decides in most rows: half the time of comparing its parts.
    WHERE starts_with(recipient, $local) AND recipient_domain = $domain
        AND length(recipient) = length($local) + length(recipient_domain)
),
told AS (
    SELECT *
    FROM record
    QUALIFY
        row_number() OVER (
            PARTITION BY delivery_key, message_key, event_key ORDER BY event_time, content_key, source_id, line
        ) = 1
),
placed AS (
    SELECT
        *, kind IN ('deferred', 'delivered', 'bounced') AND phase IS DISTINCT FROM 'out_of_band' AS ends_attempt,
        row_number() OVER (ORDER BY event_time, enum_code(kind), event_key) AS place
    FROM told
)
SELECT
    delivery_key, message_key, CASE WHEN $masked THEN mask ELSE recipient END AS address, message_id,
    kind::VARCHAR AS kind, event_time,
    CASE WHEN ends_attempt THEN
        count(*) FILTER (ends_attempt)
            OVER (PARTITION BY message_key ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
    END AS attempt,
    smtp_code, enhanced_status, bounce_type AS failure_type, reason AS nature_of_failure,
    CASE WHEN $masked THEN
        regexp_replace(diagnostic, regexp_escape(recipient), replace(mask, '\', '\\'), 'gi') ELSE diagnostic
    END AS reason,
    CASE WHEN $masked THEN
        regexp_replace(url, regexp_escape(recipient), replace(mask, '\', '\\'), 'gi') ELSE url
    END AS link,
    source.name AS source, line, bool_or(test_profile) OVER (PARTITION BY message_key) AS test_profile
FROM placed LEFT JOIN source USING (source_id)
ORDER BY place;
