-- What the steps of an import hand to each other. Temporary: gone with the cursor.

-- One row per record that a reader could not use, with the reason; the text is filled in from the file afterwards.
CREATE OR REPLACE TEMP TABLE staged_rejection (line BIGINT, text VARCHAR, reason VARCHAR);

-- No row, all columns: what a reader may tell of a record, as texts; those that its format lacks are NULL (docs/event-log.md).
CREATE OR REPLACE TEMP TABLE event_text (
    line BIGINT, kind VARCHAR, event_time VARCHAR, event_id VARCHAR, message_id VARCHAR, recipient VARCHAR,
    delivery_id VARCHAR, delivery_label VARCHAR, attempt VARCHAR, smtp_code VARCHAR, enhanced_status VARCHAR,
    bounce_type VARCHAR, phase VARCHAR, reason VARCHAR, diagnostic VARCHAR, url VARCHAR, expires_at VARCHAR,
    queued_at VARCHAR, test_profile VARCHAR, fallback_delivery_id VARCHAR, reject_reason VARCHAR);

-- One row per line that says only what the reader's own records say already.
CREATE OR REPLACE TEMP TABLE staged_duplicate (line BIGINT);

-- One row per record of any source whose events a reader has derived anew: what it told before and no longer tells leaves.
CREATE OR REPLACE TEMP TABLE staged_again (source_id INTEGER, line BIGINT);

-- One row per source and delivery that a deriving reader's records name, though another source may tell all their events.
CREATE OR REPLACE TEMP TABLE staged_delivery (source_id INTEGER, delivery_id VARCHAR, delivery_label VARCHAR);

-- One row per event that leaves the store, because its source does or because its record now tells something else.
CREATE OR REPLACE TEMP TABLE leaving_event (
    row_number BIGINT, delivery_key INTEGER, message_key UBIGINT, event_key UBIGINT, content_key UBIGINT);

-- One row per message to be folded anew.
CREATE OR REPLACE TEMP TABLE touched_message (delivery_key INTEGER, message_key UBIGINT);

-- One row per delivery whose horizon, counts or list entry may change; a delivery may stand here more than once.
CREATE OR REPLACE TEMP TABLE affected_delivery (delivery_key INTEGER);
