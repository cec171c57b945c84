-- staged_again, staged_duplicate, staged_delivery: which records the staged events stand for. Built from: campaign_row,
-- campaign_touched, campaign_export, staged_event. What other sources' records told before is told anew.
INSERT INTO staged_again
SELECT source_id, line
FROM campaign_row SEMI JOIN campaign_touched USING (message_key)
WHERE source_id <> $source_id;

INSERT INTO staged_duplicate
SELECT line
FROM campaign_row ANTI JOIN (SELECT line FROM staged_event WHERE source_id = $source_id) AS told USING (line)
WHERE source_id = $source_id;

INSERT INTO staged_delivery
SELECT source_id, delivery_id, delivery_label FROM campaign_export;
