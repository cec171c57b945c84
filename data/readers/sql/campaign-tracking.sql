-- told_event: one row per row of a tracking log. Built from: tracking_text, url_meaning, campaign_moment.
-- Which delivery and address it was, the sending log tells.
CREATE OR REPLACE TEMP VIEW told_event AS
SELECT
    line,
    CASE
        WHEN url_id = '1' THEN 'opened'
        WHEN url_type IS NOT NULL THEN coalesce(url_meaning.kind, url_type)
        WHEN url_id IS NOT NULL THEN 'clicked'
    END AS kind,
    concat(strftime(moment, '%Y-%m-%dT%H:%M:%S.%f'), CASE WHEN NOT is_assumed THEN 'Z' END) AS event_time,
    tracking_id AS event_id,
    log_id AS message_id,
    CASE WHEN url_id IS DISTINCT FROM '1' THEN url_source END AS url,
    CASE WHEN log_date IS NULL THEN 'the record names no time' ELSE 'the date ' || problem END AS reject_reason
FROM tracking_text
LEFT JOIN url_meaning ON url_meaning.written = url_type
LEFT JOIN campaign_moment ON campaign_moment.written = log_date;
