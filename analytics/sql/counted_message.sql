-- counted_message: one row per message that a KPI counts at a moment, with the last change of its state by then.
-- Built from: transition, engagement. Whoever has not moved yet is targeted; whoever is ever excluded is outside.
CREATE OR REPLACE TEMP TABLE counted_message AS
WITH named AS (
    SELECT
        message_key, bool_or(test_profile) AS test_profile, min(moved_at) FILTER (to_state = 'in_flight') AS relayed_at,
        bool_or(to_state = 'excluded') AS is_excluded
    FROM transition
    WHERE delivery_key = $delivery_key AND ($with_test_profiles OR NOT test_profile)
    GROUP BY message_key
),
last_transition AS (
    SELECT DISTINCT ON (message_key) message_key, moved_at, to_state, event_key, reason, bounce_type
    FROM transition
    WHERE delivery_key = $delivery_key AND moved_at <= $at
    ORDER BY message_key, moved_at DESC, to_state DESC
)
SELECT
    named.message_key, named.test_profile, last.moved_at, coalesce(last.to_state, 'targeted') AS state,
    last.event_key, last.reason, last.bounce_type
FROM named
LEFT JOIN last_transition AS last USING (message_key)
LEFT JOIN (SELECT * FROM engagement WHERE delivery_key = $delivery_key) AS engaged USING (message_key)
WHERE CASE $kpi
    WHEN 'opened' THEN engaged.opened_at <= $engaged_until
    WHEN 'clicked' THEN engaged.clicked_at <= $engaged_until
    WHEN 'sent' THEN named.relayed_at <= $at
    ELSE NOT named.is_excluded AND coalesce(last.to_state, 'targeted')::VARCHAR IN (SELECT unnest($states::VARCHAR[]))
END;
