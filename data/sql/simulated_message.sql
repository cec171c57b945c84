-- simulated_message: one row per message of the deliveries asked for, with its fate. Built from: simulated_delivery,
-- simulated_domain_slot.
-- A profile is the same person in every delivery. The relay starts at half its pace and gathers speed.
CREATE OR REPLACE TEMP TABLE simulated_message AS
WITH numbered AS (
    SELECT simulated_delivery.*, unnest(range(first_number, end_number)) AS number
    FROM simulated_delivery
    WHERE delivery_number BETWEEN $first_delivery AND $last_delivery
),
profiled AS (
    SELECT
        numbered.* EXCLUDE (outage_from, outage_until, outage_domain),
        number - first_number AS profile,
        number - first_number < 3 AND end_number - first_number >= 100 AS test_profile,
        hash($seed, number) AS fate,
        slot.*,
        CASE WHEN domain = outage_domain THEN outage_from END AS outage_from,
        CASE WHEN domain = outage_domain THEN outage_until END AS outage_until
    FROM numbered
    JOIN simulated_domain_slot AS slot
        ON slot.slot = floor(100 * chance(hash($seed, number - first_number), 'domain'))::BIGINT
),
relayed AS (
    SELECT
        *,
        seconds_after(
            contact_date,
            profile / messages_per_second
            + 120 * (1 - exp(-profile / messages_per_second / 120))) AS relayed_at
    FROM profiled
),
hindered AS (
    -- Until when each hindrance lasts; NULL where there is none.
    SELECT
        *,
        CASE WHEN chance(fate, 'greylist') < greylist_rate
            THEN seconds_after(relayed_at, 240 + 900 * chance(fate, 'greylist end')) END AS greylisted_until,
        CASE
            WHEN chance(fate, 'full') < full_rate * 0.45 THEN 'infinity'::TIMESTAMP
            WHEN chance(fate, 'full') < full_rate
                THEN seconds_after(relayed_at, 600 + wait_seconds(fate, 'full end', 36000)) END AS full_until,
        CASE WHEN chance(fate, 'glitch') < glitch_rate
            THEN seconds_after(relayed_at, 60 + wait_seconds(fate, 'glitch end', 1500)) END AS glitch_until
    FROM relayed
)
SELECT
    number, fate, delivery_id, delivery_label, delivery_label_german, contact_date, mood, test_profile,
    (2310000000 + number)::VARCHAR AS message_id,
    CASE
        WHEN test_profile THEN concat('proof', profile + 1, '@', domain)
        ELSE concat(
            ['anna', 'lars', 'maria', 'jonas', 'eva', 'nils', 'sara', 'peter', 'ida', 'karl'][
                1 + (hash($seed, profile, 'first') % 10)::BIGINT],
            '.',
            ['berg', 'lind', 'holm', 'vogel', 'stein', 'dahl', 'braun', 'frank', 'palm', 'wolf'][
                1 + (hash($seed, profile, 'last') % 10)::BIGINT],
            profile, '@', domain)
    END AS recipient,
    domain, mx_host, mx_address, open_rate, proxy_rate,
    contact_date - INTERVAL 20 SECOND AS prepared_at,
    relayed_at,
    seconds_after(relayed_at, $validity_hours * 3600) AS validity_end,
    CASE WHEN $tells_expiry THEN validity_end END AS expires_at,
    1 + wait_seconds(fate, 'answer', accept_seconds) AS answer_seconds,
    1 + 0.04 * chance(fate, 'pace') AS retry_pace,
    greylisted_until, full_until, glitch_until, outage_from, outage_until,
    greatest(greylisted_until, full_until, glitch_until) AS hindered_until,
    CASE
        WHEN test_profile OR chance(fate, 'reject') >= 0.012 THEN NULL
        ELSE ['Address on denylist', 'Quarantined address', 'Control group'][
            1 + floor(3 * chance(fate, 'reject reason'))::BIGINT]
    END AS rejected_reason,
    NOT test_profile AND chance(fate, 'silence') < 0.0008 AS is_silent,
    CASE WHEN chance(fate, 'cancel') < 0.03
        THEN seconds_after(relayed_at, 9000 + wait_seconds(fate, 'cancel time', 600)) END AS cancelled_at,
    CASE
        WHEN chance(fate, 'outcome') < hard_rate * 0.85 THEN 'user_unknown'
        WHEN chance(fate, 'outcome') < hard_rate THEN 'account_disabled'
        WHEN chance(fate, 'outcome') < hard_rate + block_rate THEN 'blocked'
        ELSE 'accepted'
    END AS outcome,
    CASE
        WHEN chance(fate, 'late') < late_rate * 0.7 THEN 'late_unknown'
        WHEN chance(fate, 'late') < late_rate THEN 'late_full'
    END AS late_outcome
FROM hindered;
