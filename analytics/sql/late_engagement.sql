-- One row: the messages first opened and first clicked after one moment, up to and including another.
-- Built from: engagement; two ranges of time, so that each reads only the rows near it.
SELECT
    (
        SELECT count(*) FROM engagement
        WHERE delivery_key = $delivery_key AND opened_at > $after AND opened_at <= $at
            AND ($with_test_profiles OR NOT test_profile)
    ) AS opened,
    (
        SELECT count(*) FROM engagement
        WHERE delivery_key = $delivery_key AND clicked_at > $after AND clicked_at <= $at
            AND ($with_test_profiles OR NOT test_profile)
    ) AS clicked;
