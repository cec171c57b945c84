-- simulated_attempt: one row per attempt to hand a message over, with the answer. Built from: simulated_message.
-- A message that meets no hindrance has one attempt; the others are retried until the hindrance or the validity ends.
CREATE OR REPLACE TEMP TABLE simulated_attempt AS
WITH relayed AS (
    SELECT
        number, outcome, relayed_at, validity_end, answer_seconds, retry_pace, cancelled_at,
        greylisted_until, full_until, glitch_until, outage_from, outage_until, hindered_until,
        seconds_after(relayed_at, answer_seconds) AS answered_at,
        coalesce(answered_at < hindered_until, false)
        OR coalesce(answered_at >= outage_from AND answered_at < outage_until, false) AS is_hindered
    FROM simulated_message
    WHERE rejected_reason IS NULL AND NOT is_silent
),
possible AS (
    SELECT * REPLACE (
        seconds_after(relayed_at, answer_seconds + retry_minutes(attempt) * 60 * retry_pace) AS answered_at)
    FROM (
        SELECT *, unnest(range(1, 9 + ceil($validity_hours / 4)::BIGINT)) AS attempt FROM relayed WHERE is_hindered
    )
),
answered AS (
    SELECT
        number, attempt, answered_at, outcome,
        CASE
            WHEN answered_at >= outage_from AND answered_at < outage_until THEN 'outage'
            WHEN answered_at < full_until THEN 'mailbox_full'
            WHEN answered_at < glitch_until THEN 'timeout'
            WHEN answered_at < greylisted_until THEN 'greylisted'
        END AS hindrance
    FROM possible
    WHERE answered_at < validity_end AND coalesce(answered_at < cancelled_at, true)
),
counted AS (
    SELECT *, min(attempt) FILTER (hindrance IS NULL) OVER (PARTITION BY number) AS last_attempt FROM answered
)
SELECT number, attempt::INTEGER AS attempt, answered_at, coalesce(hindrance, outcome) AS answer
FROM counted
WHERE attempt <= coalesce(last_attempt, attempt)
UNION ALL
SELECT number, 1, answered_at, outcome FROM relayed WHERE NOT is_hindered;
