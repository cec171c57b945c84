-- What is kept of sending-log exports, so that the exports of one delivery stack in whatever order they come.

-- One row per accepted row of an export: a message's last status as the export tells it. Times are UTC.
-- message_key: hash of the delivery and the log id (the address where there is none). failure_type: hard, soft or
-- undetermined, of failed rows alone. reason: the source's own words where the status or the type is not known.
-- content_hash: hash of all that the row tells.
CREATE TABLE IF NOT EXISTS campaign_row (
    source_id INTEGER, line BIGINT, message_key UBIGINT, delivery_id VARCHAR, message_id VARCHAR,
    address VARCHAR, status VARCHAR, changed_at TIMESTAMP, contact_at TIMESTAMP, failure_type VARCHAR,
    reason VARCHAR, diagnostic VARCHAR, test_profile BOOLEAN, time_assumed BOOLEAN,
    content_hash UBIGINT);

-- One row per source and delivery that it names. exported_at: the last that happened by any row of the source. efs: as
-- declared. awaits: whether rows await feedback.
CREATE TABLE IF NOT EXISTS campaign_export (
    source_id INTEGER, delivery_id VARCHAR, delivery_label VARCHAR, exported_at TIMESTAMP, efs BOOLEAN, awaits BOOLEAN);
