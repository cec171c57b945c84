-- One row per delivery and minute in which a count changes: the counts by then. Input: an event CSV.
WITH message AS MATERIALIZED (
    SELECT
        delivery_id, message_id,
        min(event_time) FILTER (kind = 'relayed') AS relayed_at,
        min(event_time) FILTER (kind = 'deferred') AS deferred_at,
        min(event_time) FILTER (kind = 'delivered') AS delivered_at,
        min(event_time) FILTER (kind = 'bounced') AS bounced_at,
        min(event_time) FILTER (kind = 'expired') AS expired_at,
        min(event_time) FILTER (kind = 'cancelled') AS cancelled_at,
        max(event_time) AS last_at,
        coalesce(bool_or(test_profile), false) AS test_profile
    FROM read_csv($path, types = {'event_time': 'TIMESTAMP', 'test_profile': 'BOOLEAN'})
    GROUP BY delivery_id, message_id
),
relayed AS (
    SELECT
        *,
        least(delivered_at, bounced_at, expired_at, cancelled_at) AS decided_at,
        deferred_at IS NOT NULL AND coalesce(deferred_at <= decided_at, true) AS is_retried,
        greatest(relayed_at + to_hours($validity_hours), deferred_at) AS lapses_at
    FROM message
    WHERE relayed_at IS NOT NULL AND NOT test_profile
),
story AS MATERIALIZED (
    SELECT
        *,
        is_retried AND coalesce(decided_at > lapses_at, true)
        AND lapses_at <= (SELECT max(last_at) FROM message) AS is_lapsed,
        is_retried::INTEGER AS retried,
        coalesce(delivered_at = decided_at, false) AS is_accepted,
        NOT is_accepted AND (coalesce(bounced_at = decided_at, false) OR coalesce(expired_at = decided_at, false))
            AS is_failed
    FROM relayed
),
change AS (
    SELECT
        delivery_id, relayed_at AS changed_at, 1 AS delivered_without, 0 AS bounces_without, 0 AS delivered_with,
        0 AS bounces_with
    FROM story
    UNION ALL
    SELECT delivery_id, deferred_at, 0, 0, 0, 1 FROM story WHERE is_retried
    UNION ALL
    SELECT delivery_id, lapses_at, -1, 1, 0, 0 FROM story WHERE is_lapsed
    UNION ALL
    SELECT delivery_id, decided_at, 0, 0, 1, -retried FROM story WHERE is_accepted AND NOT is_lapsed
    UNION ALL
    SELECT delivery_id, decided_at, 1, -1, 1, -1 FROM story WHERE is_accepted AND is_lapsed
    UNION ALL
    SELECT delivery_id, decided_at, -1, 1, 0, 1 - retried FROM story WHERE is_failed AND NOT is_lapsed
    UNION ALL
    SELECT delivery_id, decided_at, -1, 0, 0, -retried
    FROM story
    WHERE decided_at IS NOT NULL AND NOT is_accepted AND NOT is_failed AND NOT is_lapsed
    UNION ALL
    SELECT delivery_id, bounced_at, -1, 1, -1, 1 FROM story WHERE is_accepted AND bounced_at IS NOT NULL
),
start AS (
    SELECT delivery_id, min(relayed_at) AS started_at FROM story GROUP BY delivery_id
),
minute AS (
    SELECT
        delivery_id,
        ceil(date_diff('microsecond', started_at, changed_at) / 60000000)::BIGINT AS elapsed_minutes,
        sum(delivered_without) AS delivered_without, sum(bounces_without) AS bounces_without,
        sum(delivered_with) AS delivered_with, sum(bounces_with) AS bounces_with
    FROM change JOIN start USING (delivery_id)
    GROUP BY delivery_id, elapsed_minutes
)
SELECT
    delivery_id, elapsed_minutes,
    sum(delivered_without) OVER so_far AS delivered_without_efs,
    sum(bounces_without) OVER so_far AS bounces_errors_without_efs,
    sum(delivered_with) OVER so_far AS delivered_with_efs,
    sum(bounces_with) OVER so_far AS bounces_errors_with_efs
FROM minute
WHERE delivered_without <> 0 OR bounces_without <> 0 OR delivered_with <> 0 OR bounces_with <> 0
WINDOW so_far AS (PARTITION BY delivery_id ORDER BY elapsed_minutes)
ORDER BY delivery_id, elapsed_minutes;
