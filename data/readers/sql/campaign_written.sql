-- One row per text that a column of words holds. Built from: campaign_text.
SELECT DISTINCT 'status' AS name, status AS written FROM campaign_text WHERE status IS NOT NULL
UNION ALL
SELECT DISTINCT 'failure_type', failure_type FROM campaign_text WHERE failure_type IS NOT NULL
UNION ALL
SELECT DISTINCT 'reason', reason FROM campaign_text WHERE reason IS NOT NULL
UNION ALL
SELECT DISTINCT 'test_profile', test_profile FROM campaign_text WHERE test_profile IS NOT NULL;
