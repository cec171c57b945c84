-- simulated_delivery: one row per delivery, one every second day, with the numbers of its messages. Sizes differ.
-- In every third one (or the only one) the largest provider is out of order for some hours.
CREATE OR REPLACE TEMP TABLE simulated_delivery AS
WITH weighed AS (
    SELECT delivery_number, 0.5 + chance(hash($seed, 'delivery', delivery_number), 'size') AS weight
    FROM range(1, $deliveries + 1) AS numbered (delivery_number)
),
bounded AS (
    SELECT
        delivery_number,
        sum(weight) OVER (ORDER BY delivery_number) / sum(weight) OVER () AS share_until,
        $started_at::TIMESTAMP + to_days((2 * (delivery_number - 1))::INTEGER) AS contact_date
    FROM weighed
),
numbered AS (
    SELECT
        *,
        coalesce(lag(round($messages * share_until)) OVER (ORDER BY delivery_number), 0)::BIGINT AS first_number,
        round($messages * share_until)::BIGINT AS end_number
    FROM bounded
)
SELECT
    delivery_number,
    concat('DM', 1040 + delivery_number) AS delivery_id,
    1 + ($seed + delivery_number - 1) % 8 AS occasion,
    concat(
        ['Spring collection', 'Weekly letter', 'Price drop', 'Invitation', 'Last call', 'Members only', 'New in store',
        'Thank you'][occasion],
        ' week ', week(contact_date)) AS delivery_label,
    concat(
        ['Frühjahrskollektion', 'Wochenbrief', 'Preissenkung', 'Einladung', 'Letzter Aufruf', 'Nur für Mitglieder',
        'Neu im Laden', 'Dankeschön'][occasion],
        ' KW ', week(contact_date)) AS delivery_label_german,
    contact_date, first_number, end_number,
    (end_number - first_number) / ($relay_minutes * 60) AS messages_per_second,
    0.75 + chance(hash($seed, 'delivery', delivery_number), 'mood') / 2 AS mood,
    CASE WHEN delivery_number % 3 = 2 OR $deliveries = 1 THEN contact_date + INTERVAL 12 MINUTE END AS outage_from,
    outage_from + INTERVAL 330 MINUTE AS outage_until,
    (SELECT max_by(domain, share_percent) FROM simulated_domain) AS outage_domain
FROM numbered;
