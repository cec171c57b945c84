-- One row per delivery with engagement: the messages opened and clicked as its tile shows them at the last moment observed:
-- up to the last full hour, or up to where Compute stats brought them if that lies within the hour since.
-- Built from: delivery, engagement_count, engagement.
WITH observed AS (
    SELECT
        delivery_key, observed_until,
        CASE WHEN stats_until <= observed_until AND stats_until > date_trunc('hour', observed_until) THEN stats_until END
            AS brought_until
    FROM delivery
    WHERE delivery_key IN (SELECT unnest($delivery_keys::INTEGER[]))
),
brought AS (
    SELECT delivery_key, date_trunc('hour', brought_until) AS after, brought_until
    FROM observed
    WHERE brought_until IS NOT NULL
),
shown AS (
    SELECT delivery_key, opened, clicked
    FROM engagement_count JOIN observed USING (delivery_key)
    WHERE hour <= observed_until AND ($with_test_profiles OR NOT test_profile)
    UNION ALL
    SELECT
        delivery_key, coalesce((opened_at > after AND opened_at <= brought_until)::INTEGER, 0),
        coalesce((clicked_at > after AND clicked_at <= brought_until)::INTEGER, 0)
    FROM engagement JOIN brought USING (delivery_key)
    WHERE $with_test_profiles OR NOT test_profile
)
SELECT delivery_key, sum(opened)::BIGINT AS opened, sum(clicked)::BIGINT AS clicked
FROM shown
GROUP BY delivery_key;
