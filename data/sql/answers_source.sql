-- One row per source that speaks of the deliveries between two keys, of the sources between two numbers: what its events
-- there tell, with what was declared of it. Built from: source, source_delivery, delivery, event.
WITH told AS (
    SELECT
        source_id,
        bool_or(kind IN ('delivered', 'deferred')) AS has_delivery_feedback,
        bool_or(kind IN ('opened', 'clicked')) AS has_engagement,
        bool_or(kind = 'bounced' AND phase = 'out_of_band') AS has_late_bounces,
        bool_or(time_assumed) AS is_time_assumed
    FROM event
    WHERE delivery_key BETWEEN $first_delivery AND $last_delivery AND source_id BETWEEN $first_source AND $last_source
    GROUP BY source_id
),
named AS (
    SELECT
        source_id, list(delivery_id) AS delivery_ids,
        coalesce(list(delivery_id) FILTER (source_delivery.label IS NULL), []) AS unlabelled_ids
    FROM source_delivery JOIN delivery USING (delivery_key)
    WHERE delivery_key BETWEEN $first_delivery AND $last_delivery AND source_id BETWEEN $first_source AND $last_source
    GROUP BY source_id
)
SELECT
    source.name, source.format, source.timezone, source.year, source.delivery_label AS declared_label,
    source.observed_until, named.delivery_ids, named.unlabelled_ids,
    coalesce(told.has_delivery_feedback, false) AS has_delivery_feedback,
    coalesce(told.has_engagement, false) AS has_engagement,
    coalesce(told.has_late_bounces, false) AS has_late_bounces,
    coalesce(told.is_time_assumed, false) AS is_time_assumed
FROM named JOIN source USING (source_id) LEFT JOIN told USING (source_id)
ORDER BY source.observed_until, source_id;
