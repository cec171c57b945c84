-- tracking_text: one row per row of a tracking log, in their order, all texts. Built from: record.
SELECT
    coalesce(record_line::BIGINT, row_number() OVER () + getvariable('lines_before')) AS line,
    nullif(trim(tracking_id), '') AS tracking_id,
    nullif(trim(log_date), '') AS log_date,
    nullif(trim(log_id), '') AS log_id,
    nullif(trim(url_id), '') AS url_id,
    nullif(trim(url_type), '') AS url_type,
    nullif(trim(url_source), '') AS url_source
FROM record;
