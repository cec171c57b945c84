-- staged_event: one row per event told by a record of the part of the file that is being read. A reader fills it;
-- recipient as logged; times UTC; kind by its canonical name. line: NULL where the rows are the records in their order;
-- place then numbers them from 1. A row with a reject_reason is no event: it names a record that could not be used.
CREATE OR REPLACE TEMP TABLE staged_event (
    source_id INTEGER, line BIGINT, kind kind, event_time TIMESTAMP, event_id VARCHAR, message_id VARCHAR,
    recipient VARCHAR, delivery_id VARCHAR, delivery_label VARCHAR, attempt INTEGER, smtp_code INTEGER,
    enhanced_status VARCHAR, bounce_type VARCHAR, phase VARCHAR, reason VARCHAR, diagnostic VARCHAR, url VARCHAR,
    expires_at TIMESTAMP, queued_at TIMESTAMP, test_profile BOOLEAN, time_assumed BOOLEAN,
    reject_reason VARCHAR, place BIGINT);
