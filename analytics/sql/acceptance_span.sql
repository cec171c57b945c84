-- One row per recipient domain and span since the relay: messages accepted in it up to a moment. span is the place of the
-- first bound (in microseconds, ascending) that was not passed, from 0; as many as there are bounds where all were.
-- Built from: transition.
SELECT
    recipient_domain,
    len(list_filter($bounds::BIGINT[], lambda bound: bound < epoch_us(moved_at) - epoch_us(relayed_at))) AS span,
    count(*) AS accepted
FROM transition
WHERE delivery_key = $delivery_key AND to_state = 'delivered' AND moved_at <= $at
    AND ($with_test_profiles OR NOT test_profile)
GROUP BY recipient_domain, span;
