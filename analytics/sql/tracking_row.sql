-- A page of the tracking log up to a moment, the latest event first: one row per event, with the number of all that the
-- conditions leave in total; where they leave none on the page, one row that holds total alone. The address is masked here,
-- so that hidden ones never leave the store. Built from: counted_event_of, transition; of the page alone, event, source.
-- $kinds: none for any; $first: only the first opening of each message, by an opening, a click or an opt-out; $inferred: of
-- these, only where no opening is told, so that another event implies it; $machine: yes, no, unjudged (the message was not
-- accepted by then) or anything for all; $delay_after, $delay_within: microseconds between the first acceptance and the
-- event, the first excluded.
-- seconds: from the first acceptance, NULL where there is none by then; is_machine: whether it came within $machine_within
-- (microseconds), NULL of complaints and where there is nothing to judge by. Excluded messages are listed as well.
WITH message AS (
    SELECT
        message_key, min(moved_at) FILTER (to_state = 'delivered' AND moved_at <= $at) AS accepted_at,
        bool_or(test_profile) AS test_profile
    FROM transition
    WHERE delivery_key = $delivery_key AND ($with_test_profiles OR NOT test_profile)
    GROUP BY message_key
),
tracked AS (
    SELECT
        message_key, event_key, event_time, kind, coalesce(url, '') AS link, message.test_profile,
        date_diff('microsecond', accepted_at, event_time) AS delay
    FROM counted_event_of($delivery_key, true) AS counted_event JOIN message USING (message_key)
    WHERE delivery_key = $delivery_key AND event_time <= $at
        AND kind IN ('opened', 'clicked', 'unsubscribed', 'complained')
),
judged AS (
    SELECT *, CASE WHEN kind <> 'complained' THEN delay BETWEEN 0 AND $machine_within::BIGINT END AS is_machine
    FROM tracked
),
first_opening AS (
    SELECT
        message_key, min_by(event_key, struct_pack(event_time := event_time, event_key := event_key)) AS event_key,
        bool_or(kind = 'opened') AS is_measured
    FROM tracked
    WHERE $first AND kind <> 'complained'
    GROUP BY message_key
),
chosen AS (
    SELECT message_key, event_key, event_time, kind, link, test_profile, delay, is_machine
    FROM judged LEFT JOIN first_opening USING (message_key, event_key)
    WHERE (len($kinds::VARCHAR[]) = 0 OR list_contains($kinds, kind::VARCHAR))
        AND (NOT $first OR is_measured IS NOT NULL)
        AND (NOT $inferred OR NOT is_measured)
        AND CASE $machine
            WHEN 'yes' THEN coalesce(is_machine, false)
            WHEN 'no' THEN NOT coalesce(is_machine, false)
            WHEN 'unjudged' THEN delay IS NULL
            ELSE true
        END
        AND ($link::VARCHAR IS NULL OR link = $link)
        AND event_time > $since AND event_time <= $until
        AND ($delay_after::BIGINT IS NULL OR delay > $delay_after)
        AND ($delay_within::BIGINT IS NULL OR delay <= $delay_within)
),
page AS (
    SELECT *, row_number() OVER (ORDER BY event_time DESC, message_key, event_key) AS place
    FROM chosen
    ORDER BY event_time DESC, message_key, event_key
    LIMIT $limit OFFSET $offset
),
-- Of several records that tell an event, the one that counts, as in counted_event_of.
record AS (
    SELECT DISTINCT ON (message_key, event_key)
        message_key, event_key, recipient, recipient_domain, message_id, source_id, line
    FROM event
    WHERE delivery_key = $delivery_key AND event_time >= (SELECT min(event_time) FROM page)
        AND event_time <= (SELECT max(event_time) FROM page)
        AND message_key IN (SELECT message_key FROM page)
    ORDER BY message_key, event_key, event_time, content_key, source_id, line
)
SELECT
    counted.total,
    page.event_time AS date,
    CASE
        WHEN NOT $masked THEN record.recipient
        WHEN record.recipient_domain = '' THEN concat(left(record.recipient, 1), '***')
        ELSE left(record.recipient, 1) || '***@' || record.recipient_domain
    END AS address,
    page.kind::VARCHAR AS kind,
    nullif(page.link, '') AS link,
    page.is_machine,
    page.delay / 1000000 AS seconds,
    record.message_id,
    page.test_profile,
    source.name AS source,
    record.line
FROM (SELECT count(*) AS total FROM chosen) AS counted
LEFT JOIN page ON true
LEFT JOIN record USING (message_key, event_key)
LEFT JOIN source USING (source_id)
ORDER BY page.place;
