-- told_event: one row per Brevo event. Built from: record. An event of a campaign names no message: a campaign sends one to
-- each address.
CREATE OR REPLACE TEMP VIEW told_event AS
WITH read_event AS (
    SELECT
        line, told,
        lower(told.event) AS event,
        nullif(told.camp_id, '') AS campaign_id,
        coalesce(nullif(told."message-id", ''), nullif(told."messageId", '')) AS header_id
    FROM record
    WHERE told IS NOT NULL
)
SELECT
    line,
    CASE
        WHEN event IN ('request', 'requests') THEN 'relayed'
        WHEN event IN ('hard_bounce', 'soft_bounce', 'invalid_email', 'hardbounces', 'softbounces', 'invalid') THEN 'bounced'
        WHEN event = 'blocked' THEN 'rejected'
        WHEN event = 'error' THEN 'failed'
        WHEN event IN ('opened', 'unique_opened', 'proxy_open', 'unique_proxy_open', 'loadedbyproxy') THEN 'opened'
        WHEN event IN ('click', 'clicks') THEN 'clicked'
        WHEN event IN ('spam', 'complaint') THEN 'complained'
        WHEN event IN ('unsubscribe', 'unsubscribed') THEN 'unsubscribed'
        WHEN event IN ('list_addition', 'contact_updated', 'contact_deleted') THEN 'ignored'
        ELSE told.event
    END AS kind,
    -- ts_epoch alone is UTC in every account; the others may be in the account's zone.
    coalesce(
        nullif(told.ts_epoch, ''), nullif(told.ts_event, ''), nullif(told.ts, ''), nullif(told.date, '')) AS event_time,
    coalesce(nullif(translate(header_id, '<>', ''), ''), campaign_id) AS message_id,
    nullif(told.email, '') AS recipient,
    coalesce(campaign_id, first_listed(told.tags), first_listed(told.tag)) AS delivery_id,
    CASE WHEN campaign_id IS NOT NULL THEN nullif(trim(told."campaign name"), '') END AS delivery_label,
    CASE
        WHEN event IN ('hard_bounce', 'hardbounces') THEN 'hard'
        WHEN event IN ('soft_bounce', 'softbounces') THEN 'soft'
    END AS bounce_type,
    CASE
        WHEN event IN ('invalid_email', 'invalid') THEN 'invalid_email'
        WHEN kind IN ('rejected', 'complained') THEN nullif(trim(told.reason), '')
    END AS reason,
    CASE WHEN kind IN ('deferred', 'bounced', 'failed') THEN nullif(trim(told.reason), '') END AS diagnostic,
    nullif(regexp_extract(diagnostic, '(?:^|RecipientError:\s*)([245]\d\d)\b', 1), '') AS smtp_code,
    told.link AS url,
    told.ts_sent AS queued_at
FROM read_event;
