-- campaign_row, campaign_export: the rows of a removed source leave.
DELETE FROM campaign_row WHERE source_id = $source_id;
DELETE FROM campaign_export WHERE source_id = $source_id;
