-- told_event: one row per Mandrill event. Built from: record.
CREATE OR REPLACE TEMP VIEW told_event AS
WITH read_event AS (
    SELECT
        line, told, told.msg,
        -- Changes of the lists of addresses have a type instead.
        lower(coalesce(told.event, told.type)) AS event
    FROM record
    WHERE told IS NOT NULL
)
SELECT
    line,
    CASE
        WHEN event = 'send' THEN 'delivered'
        WHEN event = 'deferral' THEN 'deferred'
        WHEN event IN ('hard_bounce', 'soft_bounce') THEN 'bounced'
        WHEN event = 'reject' THEN 'rejected'
        WHEN event = 'open' THEN 'opened'
        WHEN event = 'click' THEN 'clicked'
        WHEN event = 'spam' THEN 'complained'
        WHEN event = 'unsub' THEN 'unsubscribed'
        WHEN event IN ('whitelist', 'blacklist', 'inbound') THEN 'ignored'
        ELSE told.event
    END AS kind,
    told.ts AS event_time,
    coalesce(nullif(msg._id, ''), nullif(told._id, '')) AS message_id,
    nullif(msg.email, '') AS recipient,
    -- A record may leave out the tags of its message; one whose list is empty says that there are none.
    coalesce(first_listed(msg.tags), CASE WHEN msg.tags = '[]' THEN nullif(msg.subaccount, '') END) AS delivery_id,
    -- After any bounce Mandrill stops trying, so a soft one is final too.
    CASE event WHEN 'hard_bounce' THEN 'hard' WHEN 'soft_bounce' THEN 'soft' END AS bounce_type,
    CASE WHEN kind = 'bounced' THEN coalesce(nullif(msg.bounce_description, ''), msg.bgtools_code) END AS reason,
    CASE WHEN kind IN ('delivered', 'deferred', 'bounced') THEN coalesce(
        nullif(msg.diag, ''), CASE WHEN json_valid(msg.smtp_events) THEN msg.smtp_events ->> '$[#-1].diag' END)
    END AS diagnostic,
    nullif(regexp_extract(diagnostic, '^\s*(?:smtp;\s*)?([245]\d\d)\b', 1), '') AS smtp_code,
    msg.ts AS queued_at,
    told.url AS url
FROM read_event;
