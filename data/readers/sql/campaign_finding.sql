-- campaign_finding: one row, what the import report says of an export. Built from: campaign_read, campaign_reading.
SELECT
    (SELECT coalesce(bool_or(time_assumed), false) FROM campaign_read WHERE problem IS NULL) AS is_zone_assumed,
    (SELECT is_assumed FROM campaign_order) AS is_order_assumed,
    (
        SELECT coalesce(bool_or(status = 'failed' AND contact_at IS NULL), false) FROM campaign_read WHERE problem IS NULL
    ) AS is_relay_assumed,
    (
        SELECT list((names, efs, ground) ORDER BY names)
        FROM (
            SELECT list(delivery_id ORDER BY delivery_id) AS names, efs, ground
            FROM campaign_reading WHERE source_id = $source_id GROUP BY efs, ground
        ) AS reading
    ) AS readings,
    (SELECT list(DISTINCT told ORDER BY told) FROM campaign_read WHERE problem IS NULL AND told IS NOT NULL)
        AS unknown_words,
    (SELECT list(DISTINCT reason ORDER BY reason) FROM campaign_read WHERE problem IS NULL AND is_reason_unknown)
        AS unknown_reasons,
    (SELECT min(changed_at) FROM campaign_read WHERE problem IS NULL) AS first_time,
    (SELECT max(exported_at) FROM campaign_reading WHERE source_id = $source_id) AS exported_at;
