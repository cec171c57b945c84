-- One row: messages by state at a moment, exactly: the counts up to the last whole minute since the start, and the
-- transitions of the rest of a minute. To deliver belongs to the delivery: whoever has not moved by then is targeted.
-- opened, clicked: up to $engaged_until. Built from: transition_count, transition, engagement_count, engagement.
WITH moved AS (
    SELECT from_state, to_state, n
    FROM transition_count
    WHERE delivery_key = $delivery_key AND elapsed_minutes <= $whole_minutes AND ($with_test_profiles OR NOT test_profile)
    UNION ALL
    SELECT from_state, to_state, 1
    FROM transition
    WHERE delivery_key = $delivery_key AND moved_at > $after AND moved_at <= $at
        AND ($with_test_profiles OR NOT test_profile)
),
state AS (
    SELECT
        coalesce(sum(n) FILTER (to_state = 'in_flight'), 0)::BIGINT AS sent,
        sent - coalesce(sum(n) FILTER (from_state = 'in_flight'), 0)::BIGINT AS in_flight,
        coalesce(sum(n) FILTER (to_state = 'retrying'), 0)::BIGINT
            - coalesce(sum(n) FILTER (from_state = 'retrying'), 0)::BIGINT AS retrying,
        coalesce(sum(n) FILTER (to_state = 'delivered'), 0)::BIGINT
            - coalesce(sum(n) FILTER (from_state = 'delivered'), 0)::BIGINT AS delivered,
        coalesce(sum(n) FILTER (to_state = 'failed'), 0)::BIGINT AS failed,
        coalesce(sum(n) FILTER (to_state = 'inferred_expiry'), 0)::BIGINT
            - coalesce(sum(n) FILTER (from_state = 'inferred_expiry'), 0)::BIGINT AS inferred_expiry,
        coalesce(sum(n) FILTER (to_state = 'cancelled'), 0)::BIGINT AS cancelled
    FROM moved
),
total AS (
    SELECT
        coalesce(sum(n) FILTER (from_state IS NULL), 0)::BIGINT AS named,
        coalesce(sum(n) FILTER (to_state = 'excluded'), 0)::BIGINT AS excluded
    FROM transition_count
    WHERE delivery_key = $delivery_key AND ($with_test_profiles OR NOT test_profile)
),
hourly AS (
    SELECT coalesce(sum(opened), 0)::BIGINT AS opened, coalesce(sum(clicked), 0)::BIGINT AS clicked
    FROM engagement_count
    WHERE delivery_key = $delivery_key AND hour <= $engaged_until AND ($with_test_profiles OR NOT test_profile)
),
-- Nothing, unless Compute stats brought the engagement beyond the full hour.
late AS (
    SELECT
        count(*) FILTER (opened_at > date_trunc('hour', $engaged_until::TIMESTAMP)) AS opened,
        count(*) FILTER (clicked_at > date_trunc('hour', $engaged_until::TIMESTAMP) AND clicked_at <= $engaged_until)
            AS clicked
    FROM engagement
    WHERE delivery_key = $delivery_key AND opened_at <= $engaged_until AND ($with_test_profiles OR NOT test_profile)
        AND date_trunc('hour', $engaged_until::TIMESTAMP) < $engaged_until
)
SELECT
    state.*,
    total.named - total.excluded AS to_deliver,
    total.excluded,
    total.named - total.excluded - state.in_flight - state.retrying - state.delivered - state.failed
        - state.inferred_expiry - state.cancelled AS targeted,
    hourly.opened + late.opened AS opened,
    hourly.clicked + late.clicked AS clicked
FROM state, total, hourly, late;
