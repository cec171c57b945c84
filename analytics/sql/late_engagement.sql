-- One row: the messages first opened and first clicked after one moment, up to and including another.
SELECT
    count(*) FILTER (opened_at > $after AND opened_at <= $at) AS opened,
    count(*) FILTER (clicked_at > $after AND clicked_at <= $at) AS clicked
FROM engagement
WHERE delivery_key = $delivery_key AND ($with_test_profiles OR NOT test_profile);
