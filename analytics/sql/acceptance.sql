-- One row per recipient domain, and one for all of the delivery (recipient_domain NULL): messages accepted up to a moment,
-- and within how many seconds after their relay half, nine tenths and 99 of 100 of them were. Built from: transition.
SELECT
    recipient_domain, count(*) AS accepted,
    quantile_disc((epoch_us(moved_at) - epoch_us(relayed_at)) / 1000000, [0.5, 0.9, 0.99]) AS quantiles
FROM transition
WHERE delivery_key = $delivery_key AND to_state = 'delivered' AND moved_at <= $at
    AND ($with_test_profiles OR NOT test_profile)
GROUP BY GROUPING SETS ((recipient_domain), ())
ORDER BY accepted DESC, recipient_domain NULLS FIRST;
