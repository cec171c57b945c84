-- transition, contradiction, engagement and their counts: the touched messages' old rows leave, the new ones enter, and
-- the counts change by the difference. Built from: new_transition, new_contradiction, new_engagement.
-- Where a delivery's start moves, its minutes are counted from the new start, so its counts are taken anew.

CREATE OR REPLACE TEMP TABLE old_transition AS
SELECT * FROM transition SEMI JOIN touched_message USING (delivery_key, message_key);
CREATE OR REPLACE TEMP TABLE old_engagement AS
SELECT * FROM engagement SEMI JOIN touched_message USING (delivery_key, message_key);

DELETE FROM transition
WHERE EXISTS (
    SELECT 1 FROM old_transition AS old
    WHERE old.delivery_key = transition.delivery_key AND old.message_key = transition.message_key);
DELETE FROM engagement
WHERE EXISTS (
    SELECT 1 FROM old_engagement AS old
    WHERE old.delivery_key = engagement.delivery_key AND old.message_key = engagement.message_key);
CREATE OR REPLACE TEMP TABLE old_contradiction AS
SELECT * FROM contradiction SEMI JOIN touched_message USING (delivery_key, message_key);
DELETE FROM contradiction
WHERE EXISTS (
    SELECT 1 FROM touched_message AS touched
    WHERE touched.delivery_key = contradiction.delivery_key AND touched.message_key = contradiction.message_key);

INSERT INTO transition SELECT * FROM new_transition ORDER BY delivery_key, moved_at;
INSERT INTO engagement SELECT * FROM new_engagement ORDER BY delivery_key, opened_at;
INSERT INTO contradiction SELECT * FROM new_contradiction;

-- summary: one row per affected delivery. Its start is the first relay to anyone but a test profile, else to anyone,
-- else the first thing that is known of it.
CREATE OR REPLACE TEMP TABLE summary AS
SELECT
    delivery_key,
    coalesce(
        min(moved_at) FILTER (to_state = 'in_flight' AND NOT test_profile),
        min(moved_at) FILTER (to_state = 'in_flight'),
        min(moved_at)) AS started_at,
    max(moved_at) FILTER (to_state = 'in_flight') AS last_relayed_at,
    count(*) FILTER (from_state IS NULL) AS messages
FROM transition
WHERE delivery_key IN (SELECT delivery_key FROM affected_delivery)
GROUP BY delivery_key;

CREATE OR REPLACE TEMP TABLE restarted AS
SELECT delivery_key
FROM affected_delivery JOIN delivery USING (delivery_key) LEFT JOIN summary USING (delivery_key)
WHERE delivery.started_at IS DISTINCT FROM summary.started_at;

UPDATE delivery
SET started_at = summary.started_at, last_relayed_at = summary.last_relayed_at, messages = summary.messages
FROM summary
WHERE delivery.delivery_key = summary.delivery_key;

-- counted: one row per transition that enters (+1) or leaves (-1) the counts.
CREATE OR REPLACE TEMP VIEW counted_transition AS
SELECT *, 1 AS sign FROM new_transition ANTI JOIN restarted USING (delivery_key)
UNION ALL
SELECT *, -1 AS sign FROM old_transition ANTI JOIN restarted USING (delivery_key)
UNION ALL
SELECT *, 1 AS sign FROM transition SEMI JOIN restarted USING (delivery_key);

CREATE OR REPLACE TEMP TABLE next_transition_count AS
SELECT
    delivery_key, elapsed_minutes, recipient_domain, from_state, to_state, kind, reason, test_profile, sum(n) AS n
FROM (
    SELECT
        delivery_key,
        ceil(date_diff('microsecond', delivery.started_at, moved_at) / 60000000)::INTEGER AS elapsed_minutes,
        recipient_domain, from_state, to_state, kind, reason, test_profile, sum(sign) AS n
    FROM counted_transition JOIN delivery USING (delivery_key)
    GROUP BY ALL
    UNION ALL
    SELECT * FROM transition_count
    WHERE delivery_key IN (SELECT delivery_key FROM affected_delivery)
        AND delivery_key NOT IN (SELECT delivery_key FROM restarted)
) AS change
GROUP BY ALL
HAVING sum(n) <> 0;
DELETE FROM transition_count WHERE delivery_key IN (SELECT delivery_key FROM affected_delivery);
INSERT INTO transition_count SELECT * FROM next_transition_count ORDER BY delivery_key, elapsed_minutes;
DELETE FROM transition_minute_count WHERE delivery_key IN (SELECT delivery_key FROM affected_delivery);
INSERT INTO transition_minute_count
SELECT delivery_key, elapsed_minutes, from_state, to_state, test_profile, sum(n) AS n
FROM next_transition_count
GROUP BY ALL;

CREATE OR REPLACE TEMP TABLE next_transition_age_count AS
SELECT delivery_key, age_minutes, from_state, to_state, test_profile, sum(n) AS n
FROM (
    SELECT
        delivery_key, ceil(date_diff('microsecond', relayed_at, moved_at) / 60000000)::INTEGER AS age_minutes,
        from_state, to_state, test_profile, sum(sign) AS n
    FROM counted_transition
    WHERE relayed_at IS NOT NULL AND moved_at >= relayed_at
    GROUP BY ALL
    UNION ALL
    SELECT * FROM transition_age_count
    WHERE delivery_key IN (SELECT delivery_key FROM affected_delivery)
        AND delivery_key NOT IN (SELECT delivery_key FROM restarted)
) AS change
GROUP BY ALL
HAVING sum(n) <> 0;
DELETE FROM transition_age_count WHERE delivery_key IN (SELECT delivery_key FROM affected_delivery);
INSERT INTO transition_age_count SELECT * FROM next_transition_age_count;

CREATE OR REPLACE TEMP TABLE next_engagement_count AS
SELECT delivery_key, hour, sum(opened) AS opened, sum(clicked) AS clicked, test_profile
FROM (
    SELECT
        delivery_key, date_trunc('hour', engaged_at - INTERVAL 1 MICROSECOND) + INTERVAL 1 HOUR AS hour,
        sum(opened) AS opened, sum(clicked) AS clicked, test_profile
    FROM (
        SELECT delivery_key, opened_at AS engaged_at, 1 AS opened, 0 AS clicked, test_profile FROM new_engagement
        UNION ALL
        SELECT delivery_key, clicked_at, 0, 1, test_profile FROM new_engagement WHERE clicked_at IS NOT NULL
        UNION ALL
        SELECT delivery_key, opened_at, -1, 0, test_profile FROM old_engagement
        UNION ALL
        SELECT delivery_key, clicked_at, 0, -1, test_profile FROM old_engagement WHERE clicked_at IS NOT NULL
    ) AS engaged
    GROUP BY ALL
    UNION ALL
    SELECT * FROM engagement_count WHERE delivery_key IN (SELECT delivery_key FROM affected_delivery)
) AS change
GROUP BY ALL
HAVING sum(opened) <> 0 OR sum(clicked) <> 0;
DELETE FROM engagement_count WHERE delivery_key IN (SELECT delivery_key FROM affected_delivery);
INSERT INTO engagement_count SELECT * FROM next_engagement_count;

-- What is left of a delivery that no source speaks of any more: nothing.
DELETE FROM delivery
WHERE delivery_key IN (SELECT delivery_key FROM affected_delivery)
    AND delivery_key NOT IN (SELECT delivery_key FROM summary);
DELETE FROM source_delivery WHERE delivery_key NOT IN (SELECT delivery_key FROM delivery);

UPDATE delivery
SET has_delivery_feedback = delivery_key IN (
        SELECT delivery_key FROM event SEMI JOIN affected_delivery USING (delivery_key)
        WHERE kind IN ('delivered', 'deferred')),
    time_assumed = delivery_key IN (
        SELECT delivery_key FROM event SEMI JOIN affected_delivery USING (delivery_key) WHERE time_assumed)
WHERE delivery_key IN (SELECT delivery_key FROM affected_delivery);
