-- batch_message: one row per message of a batch. Built from: touched_message, batch.
SELECT delivery_key, message_key
FROM touched_message JOIN batch USING (delivery_key)
WHERE number = $number AND message_key % parts = part;
