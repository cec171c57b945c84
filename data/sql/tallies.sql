-- What the batches of a fold add up in. Temporary.
CREATE OR REPLACE TEMP TABLE import_tally (events BIGINT, unknown BIGINT, used BIGINT, contradictions BIGINT);
CREATE OR REPLACE TEMP TABLE used_line (line BIGINT);
CREATE OR REPLACE TEMP TABLE told_feature (delivery_key INTEGER, has_delivery_feedback BOOLEAN, time_assumed BOOLEAN);
CREATE OR REPLACE TEMP TABLE extent (
    delivery_key INTEGER, is_new BOOLEAN, first_relayed_at TIMESTAMP, last_relayed_at TIMESTAMP, messages BIGINT);
