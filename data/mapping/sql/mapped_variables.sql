-- What a mapping says, for the views that take no parameters. places: which of the asked columns holds a field, 0 for none.
SET VARIABLE places = $places::STRUCT(
    recipient INTEGER, event_time INTEGER, kind INTEGER, message_id INTEGER, delivery_id INTEGER, delivery_label INTEGER,
    event_id INTEGER, reason INTEGER, diagnostic INTEGER, smtp_code INTEGER, enhanced_status INTEGER, bounce_type INTEGER,
    url INTEGER, queued_at INTEGER, expires_at INTEGER, test_profile INTEGER);
SET VARIABLE times = $times::STRUCT(place INTEGER, kind VARCHAR)[];
SET VARIABLE meanings = map($words::VARCHAR[], $meanings::VARCHAR[]);
SET VARIABLE time_format = $time_format::VARCHAR;
SET VARIABLE timezone = $timezone::VARCHAR;
SET VARIABLE delivery = $delivery::VARCHAR;
