-- told_event: one row per record of a PowerMTA accounting file. Built from: record.

-- A time as PowerMTA writes it, in the form that is read fastest: 2026-03-01 08:00:00+0000 is 2026-03-01T08:00:00Z.
CREATE OR REPLACE TEMP MACRO powermta_time(written) AS
    CASE
        WHEN ends_with(written, '+0000') AND length(written) = 24
            THEN concat(written[:10], 'T', written[12:19], 'Z')
        ELSE written
    END;

CREATE OR REPLACE TEMP VIEW told_event AS
WITH typed_record AS (
    SELECT
        *,
        lower(trim(type)) AS record_type,
        coalesce(jobid, "header_x-job") AS job,
        -- A header may be logged for some kinds of records alone; the job and the sender are told by all.
        coalesce(envid, CASE WHEN job IS NULL THEN "header_message-id" END) AS own_id,
        -- Written from a mail that came back: it seldom names the job, and of the message at most the envelope.
        record_type IN ('rb', 'rs', 'f') AS is_report,
        regexp_extract(dsnstatus, '^\s*(\d\.\d{1,3}\.\d{1,3})', 1) AS status,
        record_type = 'b' AND coalesce(lower(bouncecat) = 'message-expired' OR status IN ('4.4.7', '5.4.7'), false)
            AS is_expired
    FROM record
)
SELECT
    record_line::BIGINT AS line,
    CASE record_type
        WHEN 'd' THEN 'delivered'
        WHEN 'b' THEN CASE WHEN is_expired THEN 'expired' ELSE 'bounced' END
        WHEN 't' THEN 'deferred'
        WHEN 'r' THEN 'relayed'
        WHEN 'rb' THEN 'bounced'
        WHEN 'rs' THEN
            CASE lower(dsnaction)
                WHEN 'delivered' THEN 'delivered' WHEN 'relayed' THEN 'delivered' WHEN 'delayed' THEN 'deferred'
                ELSE 'ignored'
            END
        WHEN 'f' THEN CASE WHEN lower(feedbacktype) = 'not-spam' THEN 'ignored' ELSE 'complained' END
        WHEN 'tq' THEN 'ignored'
        -- The header of a further file, where several were put together.
        WHEN 'type' THEN 'ignored'
        ELSE type
    END AS kind,
    powermta_time(timelogged) AS event_time,
    CASE
        WHEN is_report AND rcpt IS NOT NULL THEN envid
        WHEN is_report OR own_id IS NOT NULL THEN own_id
        WHEN job IS NOT NULL THEN concat_ws(' ', job, orig)
        -- Nothing but its time tells a message from the next one to the same address.
        ELSE nullif(concat_ws(' ', orig, coalesce(timequeued, CASE WHEN record_type = 'r' THEN timelogged END)), '')
    END AS message_id,
    rcpt AS recipient,
    -- What has no id of its own is named by no other record either, so there is no use in waiting for its job.
    coalesce(job, CASE WHEN NOT is_report AND own_id IS NULL THEN getvariable('delivery') END) AS delivery_id,
    nullif(regexp_extract(dsndiag, '^(?:\w+;)?\s*([245]\d\d)\b', 1), '') AS smtp_code,
    nullif(status, '') AS enhanced_status,
    CASE WHEN record_type = 'rb' THEN 'out_of_band' WHEN record_type = 'b' AND NOT is_expired THEN 'in_band' END
        AS phase,
    coalesce(CASE WHEN lower(bouncecat) <> 'success' THEN bouncecat END, feedbacktype) AS reason,
    coalesce(dsndiag, dsnstatus) AS diagnostic,
    powermta_time(timequeued) AS queued_at
FROM typed_record;
