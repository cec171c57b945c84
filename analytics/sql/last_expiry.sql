-- One row: the latest end of a validity period that the log of a delivery names itself up to a moment; NULL where it names
-- none. Built from: event.
SELECT max(expires_at) AS last_expiry FROM event WHERE delivery_key = $delivery_key AND event_time <= $at;
