-- The store. Facts come first (source, event, what the readers keep of their records); everything below "derived" can be
-- rebuilt from them by the fold. All times are UTC. Keys are 64-bit hashes where only equality matters.

CREATE TYPE kind AS ENUM (
    'targeted', 'rejected', 'relayed', 'deferred', 'delivered', 'bounced', 'expired', 'failed', 'cancelled',
    'opened', 'clicked', 'unsubscribed', 'subscribed', 'complained', 'autoresponded', 'unknown');
CREATE TYPE state AS ENUM (
    'targeted', 'excluded', 'in_flight', 'retrying', 'delivered', 'failed', 'inferred_expiry', 'cancelled');

-- One row: the store itself. data_version rises with every commit that changes an answer.
CREATE TABLE store (schema_version INTEGER, hash_probe UBIGINT, data_version BIGINT);

CREATE SEQUENCE source_number;
CREATE SEQUENCE delivery_number;

-- One row per imported file, with its import report. The options are the analyst's, NULL where none was given.
CREATE TABLE source (
    source_id INTEGER, name VARCHAR, format VARCHAR, content_hash VARCHAR, size_bytes BIGINT, imported_at TIMESTAMP,
    timezone VARCHAR, year INTEGER, efs BOOLEAN, delivery_label VARCHAR, validity_hours DOUBLE, gap_minutes DOUBLE,
    first_time TIMESTAMP, observed_until TIMESTAMP,
    records BIGINT, used BIGINT, duplicates BIGINT, rejected BIGINT, ignored BIGINT,
    events BIGINT, contradictions BIGINT, unknown BIGINT, message VARCHAR);

-- One row per line of a file that could not be read, with its number in that file, its text and the reason.
CREATE TABLE rejected_line (source_id INTEGER, line BIGINT, text VARCHAR, reason VARCHAR);

-- One row per event that a record tells, lying by delivery and time within each import. What several records tell is one
-- event: the rows of a message with one event_key (hash of the event_id if there is one, else of every column). Of rows
-- that differ under one event_id, the earliest counts, else the one with the smallest content_key; that is 0 where there is
-- no event_id.
-- queued_at: the relay time that a record carries beside its own.
CREATE TABLE event (
    delivery_key INTEGER, message_key UBIGINT, event_key UBIGINT, content_key UBIGINT,
    kind kind, event_time TIMESTAMP, event_id VARCHAR, message_id VARCHAR, recipient VARCHAR, recipient_domain VARCHAR,
    attempt INTEGER, smtp_code INTEGER, enhanced_status VARCHAR, bounce_type VARCHAR, phase VARCHAR,
    reason VARCHAR, diagnostic VARCHAR, url VARCHAR, expires_at TIMESTAMP, queued_at TIMESTAMP,
    test_profile BOOLEAN, time_assumed BOOLEAN, source_id INTEGER, line BIGINT);

-- One row per event whose record does not name its delivery, message or recipient (they are NULL here): what other
-- records of the same family of formats tell of the same message names them. declared_id: the delivery where no
-- other record names one: what the record names in its place, such as a transmission, else what the analyst declares.
CREATE TABLE loose_event (
    family VARCHAR, declared_id VARCHAR, source_id INTEGER, line BIGINT, kind VARCHAR, event_time TIMESTAMP,
    event_id VARCHAR, message_id VARCHAR, recipient VARCHAR, delivery_id VARCHAR, delivery_label VARCHAR, attempt INTEGER,
    smtp_code INTEGER, enhanced_status VARCHAR, bounce_type VARCHAR, phase VARCHAR, reason VARCHAR, diagnostic VARCHAR,
    url VARCHAR, expires_at TIMESTAMP, queued_at TIMESTAMP, test_profile BOOLEAN, time_assumed BOOLEAN);

-- One row per word of a source that the analyst gave a meaning: events that would be unknown are of that kind.
CREATE TABLE meaning (source_id INTEGER, word VARCHAR, kind kind);

-- One row per saved mapping of a foreign table (docs/mapping.md), as JSON; the number rises with each that is saved. header:
-- the names of the columns of the file that it was made for, sorted, as JSON.
CREATE TABLE saved_mapping (number INTEGER, name VARCHAR, header VARCHAR, mapping VARCHAR);

-- One row per source and delivery that it speaks of.
CREATE TABLE source_delivery (source_id INTEGER, delivery_key INTEGER, label VARCHAR);

-- derived ------------------------------------------------------------------------------------------------------------

-- One row per delivery: its settings and what the list shows. last_relayed_at + validity is its end. first_relayed_at
-- leaves test profiles out; started_at is that, else the first relay to anyone, else the first thing known.
CREATE TABLE delivery (
    delivery_key INTEGER, delivery_id VARCHAR, label VARCHAR, channel VARCHAR, format VARCHAR, validity_hours DOUBLE,
    first_relayed_at TIMESTAMP, started_at TIMESTAMP, last_relayed_at TIMESTAMP,
    observed_from TIMESTAMP, observed_until TIMESTAMP, stats_until TIMESTAMP,
    messages BIGINT, has_delivery_feedback BOOLEAN, tells_engagement BOOLEAN, time_assumed BOOLEAN);

-- One row per change of a message's state, lying by delivery and time within each import. The first transition of a
-- message has no from_state. event_key is NULL where the transition is inferred (a relay that no record tells; the end of
-- the validity period).
CREATE TABLE transition (
    delivery_key INTEGER, message_key UBIGINT, event_key UBIGINT, moved_at TIMESTAMP, relayed_at TIMESTAMP,
    from_state state, to_state state, kind kind, bounce_type VARCHAR, reason VARCHAR, recipient_domain VARCHAR,
    test_profile BOOLEAN);

-- One row per event that the table of transitions does not allow.
CREATE TABLE contradiction (delivery_key INTEGER, message_key UBIGINT, event_key UBIGINT, from_state state, kind kind);

-- One row per message with engagement: its first opening and first click. A click or an opt-out implies an opening.
CREATE TABLE engagement (
    delivery_key INTEGER, message_key UBIGINT, opened_at TIMESTAMP, clicked_at TIMESTAMP, test_profile BOOLEAN);

-- One row per message whose validity period ends, or will end, while it is retried, whether it is observed that long or
-- not: who is to be looked at again when a delivery is observed longer.
CREATE TABLE lapse (delivery_key INTEGER, message_key UBIGINT, lapses_at TIMESTAMP);

-- Counts. Every import adds rows with the difference that it makes, so n may be negative, and only sums of n mean
-- something; a sum may be 0.

-- Transitions by whole minute since the delivery's start, rounded up: the sum up to m is the state at start + m.
CREATE TABLE transition_minute_count (
    delivery_key INTEGER, elapsed_minutes INTEGER, from_state state, to_state state, test_profile BOOLEAN, n BIGINT);

-- The same with what tells the transitions apart.
CREATE TABLE transition_count (
    delivery_key INTEGER, elapsed_minutes INTEGER, recipient_domain VARCHAR, from_state state, to_state state, kind kind,
    reason VARCHAR, test_profile BOOLEAN, n BIGINT);

-- Transitions by whole minute of the message's own age, rounded up.
CREATE TABLE transition_age_count (
    delivery_key INTEGER, age_minutes INTEGER, from_state state, to_state state, test_profile BOOLEAN, n BIGINT);

-- First openings and first clicks by clock hour, rounded up: the sum up to h is what the tile showed from h on.
CREATE TABLE engagement_count (
    delivery_key INTEGER, hour TIMESTAMP, opened BIGINT, clicked BIGINT, test_profile BOOLEAN);
