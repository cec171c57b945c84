-- One row: the messages and events of a delivery, and how many rows of what was derived from them differ from before.
UPDATE delivery SET stats_until = observed_until WHERE delivery_key = $delivery_key;

WITH now_transition AS (SELECT * FROM transition WHERE delivery_key = $delivery_key),
now_transition_count AS (SELECT * FROM transition_count WHERE delivery_key = $delivery_key),
now_engagement_count AS (SELECT * FROM engagement_count WHERE delivery_key = $delivery_key),
gone_transition AS (FROM held_transition EXCEPT ALL FROM now_transition),
come_transition AS (FROM now_transition EXCEPT ALL FROM held_transition),
gone_count AS (FROM held_transition_count EXCEPT ALL FROM now_transition_count),
come_count AS (FROM now_transition_count EXCEPT ALL FROM held_transition_count),
gone_engagement AS (FROM held_engagement_count EXCEPT ALL FROM now_engagement_count),
come_engagement AS (FROM now_engagement_count EXCEPT ALL FROM held_engagement_count)
SELECT
    delivery.messages,
    (SELECT count(*) FROM event WHERE delivery_key = $delivery_key) AS events,
    (SELECT count(*) FROM gone_transition) + (SELECT count(*) FROM come_transition)
        + (SELECT count(*) FROM gone_count) + (SELECT count(*) FROM come_count)
        + (SELECT count(*) FROM gone_engagement) + (SELECT count(*) FROM come_engagement) AS differences,
    delivery.stats_until
FROM delivery
WHERE delivery.delivery_key = $delivery_key;
