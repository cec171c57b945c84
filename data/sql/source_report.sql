-- source: the figures of its import report.
UPDATE source
SET records = $records, used = $used, duplicates = $duplicates, rejected = $rejected, ignored = $ignored,
    events = $events, contradictions = $contradictions, unknown = $unknown, message = $message,
    first_time = $first_time, observed_until = $observed_until
WHERE source_id = $source_id;
UPDATE store SET data_version = data_version + 1;
