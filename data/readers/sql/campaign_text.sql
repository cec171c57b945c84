-- campaign_text: one row per row of a sending-log export, all texts. Built from: the file.
CREATE OR REPLACE TEMP TABLE campaign_column (
    record_line VARCHAR, changed_at VARCHAR, status VARCHAR, address VARCHAR, reason VARCHAR, diagnostic VARCHAR,
    failure_type VARCHAR, test_profile VARCHAR, log_id VARCHAR, delivery_id VARCHAR, delivery_label VARCHAR,
    contact_at VARCHAR, modified_at VARCHAR);

CREATE OR REPLACE TEMP TABLE campaign_text AS
WITH record AS (
    SELECT row_number() OVER () + $header_lines AS place, *
    FROM read_csv(
        $path, auto_detect = false, header = false, skip = $header_lines, delim = $delimiter, quote = $quote,
        escape = '"', columns = $columns, max_line_size = $max_line_bytes)
    -- Columns that the file does not have are NULL.
    UNION ALL BY NAME
    (FROM campaign_column LIMIT 0)
)
SELECT
    coalesce(record_line::BIGINT, place) AS line,
    nullif(trim(changed_at), '') AS changed_at,
    nullif(trim(modified_at), '') AS modified_at,
    nullif(trim(contact_at), '') AS contact_at,
    nullif(trim(status), '') AS status,
    nullif(trim(failure_type), '') AS failure_type,
    nullif(trim(reason), '') AS reason,
    nullif(trim(diagnostic), '') AS diagnostic,
    nullif(trim(test_profile), '') AS test_profile,
    nullif(trim(address), '') AS address,
    nullif(trim(log_id), '') AS log_id,
    nullif(trim(delivery_id), '') AS delivery_id,
    nullif(trim(delivery_label), '') AS delivery_label
FROM record;
