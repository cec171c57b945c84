-- simulated_event: one row per event, up to the moment at which the log is taken. Built from: simulated_message,
-- simulated_attempt, simulated_answer. `answer` names what the receiving server said, where it said something.

-- simulated_acceptance: one row per accepted message, with what becomes of it afterwards.
CREATE OR REPLACE TEMP TABLE simulated_acceptance AS
SELECT
    number, fate, answered_at AS accepted_at, late_outcome,
    chance(fate, 'proxy') < proxy_rate * 0.6 AND late_outcome IS NULL AS is_fetched,
    chance(fate, 'open') < open_rate * mood AND late_outcome IS NULL AS is_opened,
    -- Most people open within hours, a few after days.
    seconds_after(answered_at, 25 + 5400 * pow(-ln(1 - chance(fate, 'open delay')), 1.8)) AS opened_at,
    seconds_after(opened_at, 3 + wait_seconds(fate, 'click delay', 45)) AS clicked_at,
    is_opened AND chance(fate, 'click') < 0.16 AS is_clicked
FROM simulated_attempt JOIN simulated_message USING (number)
WHERE answer = 'accepted';

-- simulated_last_attempt: one row per message whose every attempt was deferred: the last one.
CREATE OR REPLACE TEMP TABLE simulated_last_attempt AS
SELECT number, max(attempt) AS attempt, max_by(answer, attempt) AS answer
FROM simulated_attempt JOIN simulated_answer USING (answer)
GROUP BY number
HAVING bool_and(kind = 'deferred');

CREATE OR REPLACE TEMP TABLE simulated_event AS
SELECT number, kind::kind AS kind, event_time, attempt, answer, url
FROM (
    SELECT number, 'rejected' AS kind, prepared_at AS event_time, NULL::INTEGER AS attempt, NULL AS answer, NULL AS url
    FROM simulated_message
    WHERE rejected_reason IS NOT NULL
    UNION ALL
    SELECT number, 'relayed', relayed_at, NULL, NULL, NULL FROM simulated_message WHERE rejected_reason IS NULL
    UNION ALL
    SELECT number, simulated_answer.kind, answered_at, attempt, answer, NULL
    FROM simulated_attempt JOIN simulated_answer USING (answer)
    UNION ALL
    SELECT
        number, CASE WHEN cancelled_at < validity_end THEN 'cancelled' ELSE 'expired' END,
        CASE WHEN cancelled_at < validity_end THEN cancelled_at ELSE seconds_after(validity_end, 20 * retry_pace) END,
        attempt, CASE WHEN cancelled_at < validity_end THEN NULL ELSE answer END, NULL
    FROM simulated_last_attempt JOIN simulated_message USING (number)
    UNION ALL
    SELECT
        number, 'bounced', seconds_after(accepted_at, 900 + least(wait_seconds(fate, 'late delay', 72000), 500000)),
        NULL, late_outcome, NULL
    FROM simulated_acceptance
    WHERE late_outcome IS NOT NULL
    UNION ALL
    SELECT number, 'opened', seconds_after(accepted_at, 1 + 18 * chance(fate, 'proxy delay')), NULL, 'proxy', NULL
    FROM simulated_acceptance
    WHERE is_fetched
    UNION ALL
    SELECT number, 'opened', opened_at, NULL, NULL, NULL FROM simulated_acceptance WHERE is_opened
    UNION ALL
    SELECT
        number, 'opened', seconds_after(opened_at, 300 + wait_seconds(fate, 'reopen delay', 40000)), NULL, NULL, NULL
    FROM simulated_acceptance
    WHERE is_opened AND chance(fate, 'reopen') < 0.25
    UNION ALL
    SELECT
        number, 'clicked', clicked_at, NULL, NULL,
        concat(
            'https://shop.example/', ['new', 'offer', 'stores', 'article/17'][
                1 + floor(4 * chance(fate, 'url') * chance(fate, 'url'))::BIGINT])
    FROM simulated_acceptance
    WHERE is_clicked
    UNION ALL
    SELECT
        number, 'clicked', seconds_after(clicked_at, 10 + wait_seconds(fate, 'second click', 90)), NULL, NULL,
        'https://shop.example/offer'
    FROM simulated_acceptance
    WHERE is_clicked AND chance(fate, 'click again') < 0.2
    UNION ALL
    SELECT number, 'unsubscribed', seconds_after(opened_at, 40), NULL, NULL, 'https://shop.example/unsubscribe'
    FROM simulated_acceptance
    WHERE is_opened AND chance(fate, 'leave') < 0.008
    UNION ALL
    SELECT number, 'complained', seconds_after(opened_at, 60 + wait_seconds(fate, 'complaint', 7200)), NULL, NULL, NULL
    FROM simulated_acceptance
    WHERE is_opened AND chance(fate, 'complain') < 0.004
    UNION ALL
    SELECT number, 'autoresponded', seconds_after(accepted_at, 2 + 30 * chance(fate, 'reply delay')), NULL, NULL, NULL
    FROM simulated_acceptance
    WHERE late_outcome IS NULL AND chance(fate, 'reply') < 0.003
) AS told
WHERE coalesce(event_time <= $until::TIMESTAMP, true);
