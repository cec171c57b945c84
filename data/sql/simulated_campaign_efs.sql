-- The file: a Campaign "Export list" of the sending logs, English, measured with EFS. Built from: simulated_log_row.
COPY (
    SELECT
        strftime(CASE WHEN kind IS NULL THEN prepared_at ELSE event_time END, '%m/%d/%Y %-I:%M:%S %p') AS "Date",
        CASE
            WHEN kind IS NULL THEN 'Pending'
            WHEN kind = 'delivered' THEN 'Sent'
            WHEN kind = 'rejected' THEN 'Ignored'
            WHEN kind = 'cancelled' THEN 'Canceled'
            ELSE 'Failed'
        END AS "Status",
        recipient AS "Address",
        coalesce(reason, 'Not defined') AS "Nature of failure",
        diagnostic AS "Reason",
        failure_type AS "Failure type",
        CASE WHEN test_profile THEN 'Yes' ELSE 'No' END AS "Test profile",
        message_id AS "Delivery log ID",
        delivery_label AS "Delivery",
        strftime(contact_at, '%m/%d/%Y %-I:%M:%S %p') AS "Contact date"
    FROM simulated_log_row
    ORDER BY CASE WHEN kind IS NULL THEN prepared_at ELSE event_time END DESC, number
) TO $path (FORMAT csv, HEADER true, DELIMITER ';');
