-- campaign_reading: one row per source and delivery: whether its rows are read with EFS, and on what ground.
-- What nobody declared follows from what was declared for other exports of the delivery, else from whether any of them
-- has rows that await feedback: so it does not matter which export came first.
CREATE OR REPLACE TEMP VIEW campaign_reading AS
SELECT
    source_id, delivery_id, delivery_label, exported_at,
    coalesce(efs, agreed_efs, awaits_any) AS efs,
    CASE
        WHEN efs IS NOT NULL THEN 'declared'
        WHEN agreed_efs IS NOT NULL THEN 'agreed'
        WHEN awaits_any THEN 'awaiting'
        ELSE 'silent'
    END AS ground
FROM campaign_export JOIN (
    SELECT
        delivery_id,
        CASE WHEN bool_and(efs) = bool_or(efs) THEN bool_or(efs) END AS agreed_efs,
        bool_or(awaits) AS awaits_any
    FROM campaign_export
    GROUP BY delivery_id
) AS stack USING (delivery_id);

-- campaign_reading_before: the same, as it was before this import or removal.
CREATE OR REPLACE TEMP TABLE campaign_reading_before AS FROM campaign_reading;

-- campaign_touched: one row per message of the source.
CREATE OR REPLACE TEMP TABLE campaign_touched (message_key UBIGINT);
INSERT INTO campaign_touched SELECT DISTINCT message_key FROM campaign_row WHERE source_id = $source_id;
