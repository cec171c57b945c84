-- One row: the address of a message, as logged; none where no event tells of it in the delivery. Built from: event.
SELECT min(recipient) AS address FROM event
WHERE delivery_key = $delivery_key AND message_key = $message_key::UBIGINT;
