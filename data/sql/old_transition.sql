-- old_transition, old_contradiction, old_engagement, old_lapse: what is held of a batch's touched messages, which leaves.
-- Built from: batch_message and the tables themselves.
CREATE OR REPLACE TEMP TABLE old_transition AS
SELECT rowid AS row_number, *
FROM transition SEMI JOIN batch_message USING (message_key)
WHERE delivery_key BETWEEN $first_delivery AND $last_delivery;

CREATE OR REPLACE TEMP TABLE old_contradiction AS
SELECT rowid AS row_number, *
FROM contradiction SEMI JOIN batch_message USING (message_key)
WHERE delivery_key BETWEEN $first_delivery AND $last_delivery;

CREATE OR REPLACE TEMP TABLE old_engagement AS
SELECT rowid AS row_number, *
FROM engagement SEMI JOIN batch_message USING (message_key)
WHERE delivery_key BETWEEN $first_delivery AND $last_delivery;

CREATE OR REPLACE TEMP TABLE old_lapse AS
SELECT rowid AS row_number, *
FROM lapse SEMI JOIN batch_message USING (message_key)
WHERE delivery_key BETWEEN $first_delivery AND $last_delivery;

DELETE FROM transition WHERE rowid IN (SELECT row_number FROM old_transition);
DELETE FROM contradiction WHERE rowid IN (SELECT row_number FROM old_contradiction);
DELETE FROM engagement WHERE rowid IN (SELECT row_number FROM old_engagement);
DELETE FROM lapse WHERE rowid IN (SELECT row_number FROM old_lapse);
