-- What an event of SparkPost or Momentum says, whichever way it is written. Temporary: they live as long as the cursor.

-- The kind of an event by its type, SparkPost's own or Momentum's. 'bounce' and 'late bounce' are judged further by their class.
CREATE OR REPLACE TEMP MACRO sparkpost_type(type) AS
    CASE lower(type)
        WHEN 'injection' THEN 'relayed'
        WHEN 'delivery' THEN 'delivered'
        WHEN 'delay' THEN 'deferred'
        WHEN 'bounce' THEN 'bounce'
        WHEN 'open' THEN 'opened'
        WHEN 'click' THEN 'clicked'
        WHEN 'initial_open' THEN 'opened'
        WHEN 'amp_open' THEN 'opened'
        WHEN 'amp_initial_open' THEN 'opened'
        WHEN 'amp_click' THEN 'clicked'
        WHEN 'out_of_band' THEN 'late bounce'
        WHEN 'spam_complaint' THEN 'complained'
        WHEN 'list_unsubscribe' THEN 'unsubscribed'
        WHEN 'link_unsubscribe' THEN 'unsubscribed'
        WHEN 'policy_rejection' THEN 'rejected'
        WHEN 'generation_rejection' THEN 'rejected'
        WHEN 'generation_failure' THEN 'failed'
        WHEN 'reception' THEN 'relayed'
        WHEN 'tempfail' THEN 'deferred'
        WHEN 'inband' THEN 'bounce'
        WHEN 'permfail' THEN 'bounce'
        WHEN 'outofband' THEN 'late bounce'
        WHEN 'out-of-band' THEN 'late bounce'
        WHEN 'feedback' THEN 'complained'
        WHEN 'rejection' THEN 'rejected'
        WHEN 'genrejection' THEN 'rejected'
        WHEN 'gen_rejection' THEN 'rejected'
        WHEN 'genfail' THEN 'failed'
        WHEN 'gen_fail' THEN 'failed'
        WHEN 'sms_status' THEN 'ignored'
        ELSE CASE WHEN regexp_matches(type, '^(relay|ab_test)_', 'i') THEN 'ignored' ELSE type END
    END;

-- A bounce by its class and reply. The reply comes first: a message that ran out of time has the class of its last refusal.
CREATE OR REPLACE TEMP MACRO sparkpost_bounce(bounce_class, reply, is_late) AS
    CASE
        WHEN NOT is_late AND starts_with(reply, '554 5.4.7') THEN 'expired'
        WHEN bounce_class IN ('60', '100') THEN 'autoresponded'
        WHEN bounce_class = '80' THEN 'subscribed'
        WHEN bounce_class = '90' THEN 'unsubscribed'
        WHEN NOT is_late AND bounce_class = '24' THEN 'expired'
        ELSE 'bounced'
    END;

-- The enhanced status that a reply begins with, behind its code; NULL where there is none.
CREATE OR REPLACE TEMP MACRO sparkpost_status(reply) AS
    nullif(regexp_extract(reply, '^[245]\d\d[ -]([245]\.\d{1,3}\.\d{1,3})\b', 1), '');

-- The rows of told_event, one per row of a relation with `line` and the keys that the reader asks for.
CREATE OR REPLACE TEMP MACRO sparkpost_told(flat_event) AS TABLE
WITH worded AS (
    SELECT
        line, nullif(type, '') AS type, nullif(timestamp, '') AS event_time, nullif(event_id, '') AS event_id,
        nullif(message_id, '') AS written_id, nullif(campaign_id, '') AS campaign_id,
        nullif(transmission_id, '') AS transmission_id, nullif(injection_time, '') AS injection_time, queue_time,
        num_retries, nullif(error_code, '') AS smtp_code, nullif(target_link_url, '') AS url,
        nullif(bounce_class, '') AS bounce_class, nullif(fbtype, '') AS fbtype,
        coalesce(nullif(raw_reason, ''), nullif(reason, '')) AS diagnostic,
        -- rcpt_to is raw_rcpt_to in lower case, and some records have one of them alone.
        coalesce(nullif(rcpt_to, ''), lower(nullif(raw_rcpt_to, '')), nullif(rcpt_hash, '')) AS recipient
    FROM query_table(flat_event)
),
typed AS (SELECT *, sparkpost_type(type) AS told_type FROM worded),
identified AS (
    SELECT
        *,
        CASE
            WHEN told_type IN ('bounce', 'late bounce')
                THEN sparkpost_bounce(bounce_class, diagnostic, told_type = 'late bounce')
            ELSE told_type
        END AS kind,
        -- Who is refused before there is a message is known by the transmission and the recipient.
        coalesce(
            written_id, CASE WHEN told_type IN ('rejected', 'failed') THEN coalesce(transmission_id, event_id) END
        ) AS message_id,
        told_type IN ('deferred', 'delivered', 'bounce') AS is_attempt
    FROM typed
)
SELECT
    line, kind, event_time, event_id, message_id, recipient,
    -- A record that does not name its message wholly takes the send of the one that does.
    CASE WHEN message_id IS NOT NULL AND recipient IS NOT NULL THEN campaign_id END AS delivery_id,
    transmission_id AS fallback_delivery_id,
    CASE WHEN is_attempt THEN (try_cast(num_retries AS USMALLINT)::INTEGER + 1)::VARCHAR END AS attempt,
    smtp_code, sparkpost_status(diagnostic) AS enhanced_status,
    CASE WHEN kind = 'bounced' THEN CASE told_type WHEN 'bounce' THEN 'in_band' ELSE 'out_of_band' END END AS phase,
    coalesce(bounce_class, fbtype) AS reason,
    diagnostic, url,
    CASE
        WHEN told_type = 'relayed' THEN NULL
        WHEN injection_time IS NOT NULL THEN injection_time
        -- Milliseconds since the injection; more than seven weeks are none.
        WHEN is_attempt AND queue_time IS NOT NULL AND tells_moment(event_time)
            THEN (epoch_ms(utc_of_written(event_time, 'UTC')) - try_cast(queue_time AS UINTEGER))::VARCHAR
    END AS queued_at
FROM identified;
