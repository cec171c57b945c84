-- What the store holds of a delivery before it is folded from scratch. Its start is forgotten, so that its counts are
-- taken anew; every message with an event is touched, and every one with a transition.
CREATE OR REPLACE TEMP TABLE held_transition AS FROM transition WHERE delivery_key = $delivery_key;
CREATE OR REPLACE TEMP TABLE held_contradiction AS FROM contradiction WHERE delivery_key = $delivery_key;
CREATE OR REPLACE TEMP TABLE held_engagement AS FROM engagement WHERE delivery_key = $delivery_key;
CREATE OR REPLACE TEMP TABLE held_lapse AS FROM lapse WHERE delivery_key = $delivery_key;
CREATE OR REPLACE TEMP TABLE held_transition_count AS
SELECT * EXCLUDE (n), sum(n) AS n FROM transition_count WHERE delivery_key = $delivery_key
GROUP BY ALL HAVING sum(n) <> 0;
CREATE OR REPLACE TEMP TABLE held_transition_minute_count AS
SELECT * EXCLUDE (n), sum(n) AS n FROM transition_minute_count WHERE delivery_key = $delivery_key
GROUP BY ALL HAVING sum(n) <> 0;
CREATE OR REPLACE TEMP TABLE held_transition_age_count AS
SELECT * EXCLUDE (n), sum(n) AS n FROM transition_age_count WHERE delivery_key = $delivery_key
GROUP BY ALL HAVING sum(n) <> 0;
CREATE OR REPLACE TEMP TABLE held_engagement_count AS
SELECT * EXCLUDE (opened, clicked), sum(opened) AS opened, sum(clicked) AS clicked
FROM engagement_count WHERE delivery_key = $delivery_key
GROUP BY ALL HAVING sum(opened) <> 0 OR sum(clicked) <> 0;

DELETE FROM engagement_count WHERE delivery_key = $delivery_key;
DELETE FROM engagement WHERE delivery_key = $delivery_key;
UPDATE delivery SET first_relayed_at = NULL, started_at = NULL WHERE delivery_key = $delivery_key;

INSERT INTO touched_message
SELECT delivery_key, message_key FROM event WHERE delivery_key = $delivery_key
UNION
SELECT delivery_key, message_key FROM transition WHERE delivery_key = $delivery_key;

INSERT INTO affected_delivery VALUES ($delivery_key);
