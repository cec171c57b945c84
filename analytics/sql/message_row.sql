-- One row per message of a page, in its order: where it stands, and the event of its date if one was logged; its address is
-- masked here, so that hidden ones never leave the store. Built from: transition, event, source, of two spans of time: that
-- of the last changes, and that in which events are looked for. A message without an event there has no address.
WITH page AS (
    SELECT
        unnest($messages::UBIGINT[]) AS message_key, unnest($dates::TIMESTAMP[]) AS date,
        unnest($test_profiles::BOOLEAN[]) AS test_profile, generate_subscripts($messages::UBIGINT[], 1) AS place
),
last_transition AS (
    SELECT DISTINCT ON (message_key) message_key, event_key, relayed_at, to_state, kind, reason, bounce_type
    FROM transition
    WHERE delivery_key = $delivery_key AND moved_at >= $changed_first AND moved_at <= $changed_last
        AND message_key IN (SELECT message_key FROM page)
    ORDER BY message_key, moved_at DESC, to_state DESC
),
-- Whoever is ever excluded is outside To deliver all along.
excluded AS (
    SELECT message_key
    FROM transition
    WHERE $is_excluded_asked AND delivery_key = $delivery_key AND to_state = 'excluded'
        AND message_key IN (SELECT message_key FROM page)
),
near_event AS (
    SELECT
        message_key, event_key, content_key, kind, event_time, message_id, recipient, recipient_domain, diagnostic,
        source_id, line
    FROM event
    WHERE delivery_key = $delivery_key AND event_time >= $told_first AND event_time <= $told_last
        AND message_key IN (SELECT message_key FROM page)
),
told AS (
    SELECT
        message_key, min(message_id) AS message_id, min(recipient) AS recipient, min(recipient_domain) AS recipient_domain,
        -- Of several records that tell it, the version that counts, from the file imported first.
        min_by(
            struct_pack(diagnostic := diagnostic, source_id := source_id, line := line),
            struct_pack(event_key := near_event.event_key, content_key := content_key, source_id := source_id, line := line)
        ) FILTER (
            event_time = page.date
            AND (near_event.event_key = last_transition.event_key OR near_event.kind::VARCHAR IN (SELECT unnest($kinds::VARCHAR[])))
        ) AS deciding
    FROM near_event JOIN page USING (message_key) LEFT JOIN last_transition USING (message_key)
    GROUP BY message_key
)
SELECT
    page.message_key,
    page.date,
    last_transition.relayed_at,
    CASE WHEN excluded.message_key IS NULL THEN coalesce(last_transition.to_state, 'targeted') ELSE 'excluded' END::VARCHAR AS state,
    CASE
        WHEN NOT $masked THEN told.recipient
        WHEN told.recipient_domain = '' THEN concat(left(told.recipient, 1), '***')
        ELSE left(told.recipient, 1) || '***@' || told.recipient_domain
    END AS address,
    last_transition.reason AS nature_of_failure,
    (told.deciding).diagnostic AS reason,
    failure_type_of(last_transition.bounce_type, last_transition.to_state, last_transition.kind) AS failure_type,
    page.test_profile,
    told.message_id,
    source.name AS source,
    (told.deciding).line AS line
FROM page
LEFT JOIN last_transition USING (message_key)
LEFT JOIN told USING (message_key)
LEFT JOIN excluded USING (message_key)
LEFT JOIN source ON source.source_id = (told.deciding).source_id
ORDER BY page.place;
