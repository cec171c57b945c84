-- What the Postfix reader keeps beside the events. Keys are 64-bit hashes where only equality matters.

-- In the order in which they can follow each other within one moment.
CREATE TYPE IF NOT EXISTS postfix_telling AS ENUM (
    'message-id', 'active', 'deferred', 'handed', 'delivered', 'bounced', 'local', 'probed', 'expired', 'removed',
    'withdrawn');

-- One row per line that says something of a delivery, from every source that has it. handed: to a content filter on
-- this machine, from which the message comes back as next_queue_key. local, probed: nothing that a send consists of.
CREATE TABLE IF NOT EXISTS postfix_record (
    source_id INTEGER, line BIGINT, record_key UBIGINT, queue_key UBIGINT, host VARCHAR, queue_id VARCHAR,
    logged_at TIMESTAMP, telling postfix_telling, sender VARCHAR, named_recipients INTEGER, recipient VARCHAR,
    original_recipient VARCHAR, next_queue_key UBIGINT, arrived_at TIMESTAMP, smtp_code INTEGER,
    enhanced_status VARCHAR, diagnostic VARCHAR, time_assumed BOOLEAN);

-- One row per life of a queue id whose message belongs to a delivery, with what decides to which. gap_source_id: the
-- latest of its sources that declares a gap.
CREATE TABLE IF NOT EXISTS postfix_message (
    queue_key UBIGINT, life_key UBIGINT, sender VARCHAR, relayed_at TIMESTAMP, declared_delivery VARCHAR,
    gap_source_id INTEGER, gap_minutes DOUBLE);
