-- One row: the messages and events of a delivery, and how many rows of what was derived from them differ from before.
UPDATE delivery SET stats_until = observed_until WHERE delivery_key = $delivery_key;

WITH now_transition AS (SELECT * FROM transition WHERE delivery_key = $delivery_key),
now_contradiction AS (SELECT * FROM contradiction WHERE delivery_key = $delivery_key),
now_engagement AS (SELECT * FROM engagement WHERE delivery_key = $delivery_key),
now_transition_count AS (SELECT * FROM transition_count WHERE delivery_key = $delivery_key),
now_transition_age_count AS (SELECT * FROM transition_age_count WHERE delivery_key = $delivery_key),
now_engagement_count AS (SELECT * FROM engagement_count WHERE delivery_key = $delivery_key),
difference AS (
    SELECT count(*) AS n FROM (FROM held_transition EXCEPT ALL FROM now_transition)
    UNION ALL
    SELECT count(*) FROM (FROM now_transition EXCEPT ALL FROM held_transition)
    UNION ALL
    SELECT count(*) AS n FROM (FROM held_contradiction EXCEPT ALL FROM now_contradiction)
    UNION ALL
    SELECT count(*) FROM (FROM now_contradiction EXCEPT ALL FROM held_contradiction)
    UNION ALL
    SELECT count(*) AS n FROM (FROM held_engagement EXCEPT ALL FROM now_engagement)
    UNION ALL
    SELECT count(*) FROM (FROM now_engagement EXCEPT ALL FROM held_engagement)
    UNION ALL
    SELECT count(*) AS n FROM (FROM held_transition_count EXCEPT ALL FROM now_transition_count)
    UNION ALL
    SELECT count(*) FROM (FROM now_transition_count EXCEPT ALL FROM held_transition_count)
    UNION ALL
    SELECT count(*) AS n FROM (FROM held_transition_age_count EXCEPT ALL FROM now_transition_age_count)
    UNION ALL
    SELECT count(*) FROM (FROM now_transition_age_count EXCEPT ALL FROM held_transition_age_count)
    UNION ALL
    SELECT count(*) AS n FROM (FROM held_engagement_count EXCEPT ALL FROM now_engagement_count)
    UNION ALL
    SELECT count(*) FROM (FROM now_engagement_count EXCEPT ALL FROM held_engagement_count)
)
SELECT
    delivery.messages,
    (SELECT count(*) FROM event WHERE delivery_key = $delivery_key) AS events,
    (SELECT sum(n) FROM difference)::BIGINT AS differences,
    delivery.stats_until
FROM delivery
WHERE delivery.delivery_key = $delivery_key;
