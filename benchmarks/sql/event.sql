-- event: one row per event of a simulated event CSV, in its order; times UTC. Built from: the file.
CREATE TEMP TABLE event AS
FROM read_csv(
    $path, header = true, quote = '"', auto_detect = false,
    columns = {
        kind: 'VARCHAR', event_time: 'TIMESTAMP', message_id: 'VARCHAR', recipient: 'VARCHAR', delivery_id: 'VARCHAR',
        delivery_label: 'VARCHAR', attempt: 'INTEGER', smtp_code: 'INTEGER', enhanced_status: 'VARCHAR',
        bounce_type: 'VARCHAR', phase: 'VARCHAR', reason: 'VARCHAR', diagnostic: 'VARCHAR', url: 'VARCHAR',
        expires_at: 'TIMESTAMP', test_profile: 'VARCHAR'});
