-- A file of 10,000 events that continues a log: 6,000 events of messages that the store holds (opened, clicked, a deferral
-- that arrives late, a bounce after acceptance) and the first 4,000 of 1,600 new messages.
-- Built from: known_message. delivery_id: the one that the file continues, NULL for all; number: the file's own.
COPY (
    WITH known AS (
        SELECT
            delivery_id, message_id, recipient, delivered_at,
            row_number() OVER (ORDER BY place) - 1 AS position
        FROM known_message
        WHERE CASE WHEN $delivery_id IS NULL THEN is_spread ELSE delivery_id = $delivery_id END
        QUALIFY position >= $skipped AND position < $skipped + 6000
    ),
    late AS (
        SELECT
            CASE
                WHEN position % 12 < 7 THEN 'opened'
                WHEN position % 12 < 8 THEN 'clicked'
                WHEN position % 12 < 11 THEN 'deferred'
                ELSE 'bounced'
            END AS kind,
            *
        FROM known
    ),
    fresh AS (
        SELECT
            delivery_id, 9000000000 + $number * 10000 + position AS message_id, concat('new', position, '@campus.example') AS recipient,
            $continued_at::TIMESTAMP + to_seconds((position * 7)::BIGINT) AS relayed_at, position % 20 AS lot
        FROM (SELECT delivery_id, row_number() OVER (ORDER BY position) - 1 AS position FROM known)
        WHERE position < 1600
    ),
    event AS (
        SELECT
            kind,
            CASE kind
                WHEN 'deferred' THEN delivered_at - INTERVAL 1 SECOND
                WHEN 'bounced' THEN delivered_at + to_seconds((7200 + position * 60)::BIGINT)
                ELSE $continued_at::TIMESTAMP + to_seconds((position * 13)::BIGINT)
            END AS event_time,
            message_id, recipient, delivery_id
        FROM late
        UNION ALL
        SELECT 'relayed', relayed_at, message_id, recipient, delivery_id FROM fresh
        UNION ALL
        SELECT 'deferred', relayed_at + INTERVAL 4 SECOND, message_id, recipient, delivery_id FROM fresh WHERE lot % 4 = 0
        UNION ALL
        SELECT 'delivered', relayed_at + INTERVAL 900 SECOND, message_id, recipient, delivery_id FROM fresh WHERE lot <> 0
        UNION ALL
        SELECT 'opened', relayed_at + INTERVAL 5000 SECOND, message_id, recipient, delivery_id FROM fresh WHERE lot BETWEEN 1 AND 6
    )
    SELECT
        kind, strftime(event_time, '%Y-%m-%dT%H:%M:%SZ') AS event_time, message_id, recipient, delivery_id,
        CASE kind WHEN 'delivered' THEN 250 WHEN 'deferred' THEN 451 WHEN 'bounced' THEN 550 END AS smtp_code,
        CASE kind WHEN 'delivered' THEN '2.0.0' WHEN 'deferred' THEN '4.7.1' WHEN 'bounced' THEN '5.1.1' END
            AS enhanced_status,
        CASE WHEN kind = 'bounced' THEN 'hard' END AS bounce_type,
        CASE WHEN kind = 'bounced' THEN 'out_of_band' END AS phase,
        CASE kind WHEN 'deferred' THEN 'Refused' WHEN 'bounced' THEN 'User unknown' END AS reason
    FROM event
    ORDER BY event.event_time, message_id, kind
) TO $path (FORMAT csv);
