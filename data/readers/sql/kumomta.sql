-- told_event: one row per KumoMTA log record and recipient. Built from: record.

-- A time without its nanoseconds, which are not kept and are slow to read: 2026-03-01T08:00:00.123456789Z.
CREATE OR REPLACE TEMP MACRO kumomta_time(written) AS
    CASE
        WHEN length(written) = 30 AND ends_with(written, 'Z') AND written[20] = '.' THEN concat(written[:26], 'Z')
        ELSE written
    END;

CREATE OR REPLACE TEMP VIEW told_event AS
WITH logged AS (
    SELECT
        line, told,
        -- Written when a bounce or a complaint comes back: the id and the queue are those of the mail that brings it.
        told.type IN ('OOB', 'Feedback') AS is_report,
        coalesce(
            nullif(regexp_extract(told.queue, '^([^:@]+):[^@]*@', 1), ''),
            nullif(told.meta.campaign, ''),
            nullif(told.headers['X-Campaign'], ''),
            nullif(told.headers['x-campaign'], '')) AS campaign,
        CASE
            WHEN told.type = 'Feedback'
                THEN coalesce(
                    told.feedback_report.supplemental_trace.recipient,
                    told.feedback_report.original_rcpto_to, told.feedback_report.original_rcpt_to)
            ELSE told.recipient
        END AS recipients
    FROM record
    WHERE told IS NOT NULL
),
addressed AS (
    SELECT
        *,
        unnest(CASE
            WHEN is_nested(recipients)
                THEN coalesce(
                    nullif(list_filter(from_json(recipients, '["VARCHAR"]'), lambda each: each NOT IN ('', '<>')), []),
                    [NULL])
            ELSE [recipients]
        END) AS recipient
    FROM logged
)
SELECT
    line,
    CASE
        WHEN told.type IN ('Rejection', 'AdminRebind', 'DeferredInjectionRebind', 'XferOut', 'XferIn') THEN 'ignored'
        -- Mail without a sender is a notification that came in; LogRecord is a record on its way to a webhook.
        WHEN (told.sender IN ('', '<>') AND NOT is_report) OR told.reception_protocol = 'LogRecord' THEN 'ignored'
        WHEN told.type = 'Reception' AND told.reception_protocol NOT IN ('ESMTP', 'HTTP') THEN 'ignored'
        WHEN told.delivery_protocol <> 'ESMTP' THEN 'ignored'
        WHEN told.type = 'Reception' THEN 'relayed'
        WHEN told.type = 'Delivery' THEN 'delivered'
        WHEN told.type IN ('TransientFailure', 'Delayed', 'Delay') THEN 'deferred'
        WHEN told.type IN ('Bounce', 'OOB') THEN 'bounced'
        WHEN told.type = 'Expiration' THEN 'expired'
        WHEN told.type = 'AdminBounce' THEN 'cancelled'
        WHEN told.type = 'Feedback'
            THEN CASE WHEN lower(told.feedback_report.feedback_type) = 'not-spam' THEN 'ignored' ELSE 'complained' END
        ELSE told.type
    END AS kind,
    kumomta_time(coalesce(told.event_time, told.timestamp)) AS event_time,
    CASE WHEN NOT is_report THEN told.id END AS message_id,
    nullif(trim(recipient, '<>'), '') AS recipient,
    -- A deferred injection is queued under a name of the system's own until its campaign is known.
    CASE
        WHEN is_report THEN NULL
        WHEN campaign IS NULL AND NOT ends_with(told.queue, '.kumomta.internal') THEN getvariable('delivery')
        ELSE campaign
    END AS delivery_id,
    told.num_attempts AS attempt,
    told.response.code AS smtp_code,
    told.response.enhanced_code.class || '.' || told.response.enhanced_code.subject || '.'
        || told.response.enhanced_code.detail AS enhanced_status,
    CASE told.type WHEN 'Bounce' THEN 'in_band' WHEN 'OOB' THEN 'out_of_band' END AS phase,
    coalesce(nullif(told.bounce_classification, 'Uncategorized'), told.feedback_report.feedback_type) AS reason,
    nullif(concat_ws(' ', told.response.code, enhanced_status, nullif(told.response.content, '')), '') AS diagnostic,
    CASE WHEN NOT is_report THEN kumomta_time(coalesce(told.created_time, told.created)) END AS queued_at
FROM addressed;
