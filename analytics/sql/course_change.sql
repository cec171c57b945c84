-- One row per delivery, step of time since its send and kind of transition: n messages made it within the step. A step ends
-- at minutes: every 5 in the first hour, every 15 within 6 hours, whole hours from then on; the sum up to it is the state
-- as of start + minutes. Built from: transition_minute_count.
-- States are their places in data.states.State, -1 where there is none.
WITH stepped AS (
    SELECT
        delivery_key,
        CASE
            WHEN elapsed_minutes <= 0 THEN 0
            WHEN elapsed_minutes <= 60 THEN (elapsed_minutes + 4) // 5 * 5
            WHEN elapsed_minutes <= 360 THEN (elapsed_minutes + 14) // 15 * 15
            ELSE (elapsed_minutes + 59) // 60 * 60
        END AS minutes,
        from_state, to_state, n
    FROM transition_minute_count
    WHERE delivery_key IN (SELECT unnest($delivery_keys::INTEGER[])) AND ($with_test_profiles OR NOT test_profile)
)
SELECT
    delivery_key, minutes, coalesce(enum_code(from_state), -1) AS from_state, enum_code(to_state) AS to_state,
    sum(n)::BIGINT AS n
FROM stepped
GROUP BY ALL
HAVING sum(n) <> 0;
