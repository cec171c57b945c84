-- What the store holds of a delivery before it is folded from scratch; its start is forgotten, so that its counts are
-- taken anew. Every message with an event is touched, and every one with a transition.
CREATE OR REPLACE TEMP TABLE held_transition AS FROM transition WHERE delivery_key = $delivery_key;
CREATE OR REPLACE TEMP TABLE held_contradiction AS FROM contradiction WHERE delivery_key = $delivery_key;
CREATE OR REPLACE TEMP TABLE held_engagement AS FROM engagement WHERE delivery_key = $delivery_key;
CREATE OR REPLACE TEMP TABLE held_transition_age_count AS
FROM transition_age_count WHERE delivery_key = $delivery_key;
CREATE OR REPLACE TEMP TABLE held_transition_count AS FROM transition_count WHERE delivery_key = $delivery_key;
CREATE OR REPLACE TEMP TABLE held_engagement_count AS FROM engagement_count WHERE delivery_key = $delivery_key;

DELETE FROM engagement_count WHERE delivery_key = $delivery_key;
DELETE FROM engagement WHERE delivery_key = $delivery_key;
UPDATE delivery SET started_at = NULL WHERE delivery_key = $delivery_key;

INSERT INTO touched_message
SELECT delivery_key, message_key FROM event WHERE delivery_key = $delivery_key
UNION
SELECT delivery_key, message_key FROM transition WHERE delivery_key = $delivery_key;
