-- What the fields of Journey Optimizer's feedback and tracking events mean. Temporary: they live as long as the cursor.

-- A text that says something.
CREATE OR REPLACE TEMP MACRO ajo_given(written) AS nullif(written, '');

-- Whether a message of this channel is an e-mail; one that names no channel is.
CREATE OR REPLACE TEMP MACRO ajo_is_mail(channel) AS coalesce(ends_with(lower(ajo_given(channel)), 'email'), true);

-- All times are UTC, though a query may print them without saying so.
CREATE OR REPLACE TEMP MACRO ajo_moment(written) AS
    CASE
        WHEN ends_with(written, 'Z') THEN written
        WHEN written LIKE '____-__-_____:__:__%' AND regexp_full_match(written[20:], '(\.\d+)?( UTC)?')
            THEN concat(written[:10], 'T', replace(written[12:], ' UTC', ''), 'Z')
        ELSE ajo_given(written)
    END;

-- What a feedback status says: "sent" of an e-mail means that the receiving server accepted it.
CREATE OR REPLACE TEMP MACRO ajo_feedback_kind(status, code, failure, channel) AS
    CASE lower(status)
        WHEN 'sent' THEN CASE WHEN ajo_is_mail(channel) THEN 'delivered' ELSE 'relayed' END
        WHEN 'delivered' THEN 'delivered'
        WHEN 'delay' THEN 'deferred'
        -- The mail server's own text of a timeout; it classifies one by the last answer before it.
        WHEN 'bounce' THEN CASE WHEN code = '24' OR coalesce(contains(failure, '5.4.7 '), false) THEN 'expired' ELSE 'bounced' END
        WHEN 'exclude' THEN 'rejected'
        WHEN 'duplicate' THEN 'rejected'
        WHEN 'denylist' THEN 'rejected'
        WHEN 'error' THEN 'failed'
        ELSE status
    END;

-- What an interaction says: what a program opened or followed was opened by nobody.
CREATE OR REPLACE TEMP MACRO ajo_interaction_kind(interaction) AS
    CASE lower(interaction)
        WHEN 'open' THEN 'opened'
        WHEN 'click' THEN 'clicked'
        WHEN 'unsubscribe' THEN 'unsubscribed'
        WHEN 'spam_complaint' THEN 'complained'
        WHEN 'bot_open' THEN 'ignored'
        WHEN 'bot_click' THEN 'ignored'
        ELSE interaction
    END;

-- The kind of an event; a message of another channel that went to no address is no part of a mail send.
CREATE OR REPLACE TEMP MACRO ajo_kind(event_type, status, code, failure, interaction, channel, address) AS
    CASE
        WHEN ajo_given(address) IS NULL AND NOT ajo_is_mail(channel) THEN 'ignored'
        ELSE coalesce(
            ajo_feedback_kind(ajo_given(status), ajo_given(code), failure, channel),
            ajo_interaction_kind(ajo_given(interaction)),
            CASE WHEN event_type NOT IN ('message.feedback', 'message.tracking') THEN ajo_given(event_type) END)
    END;

-- The id of a message: that of its content, which a journey may send again, with that of the run or the action.
CREATE OR REPLACE TEMP MACRO ajo_message_id(message_id, execution_id, batch_id, action_id) AS
    coalesce(ajo_given(message_id), ajo_given(execution_id))
    || coalesce(' ' || ajo_given(batch_id), ' ' || ajo_given(action_id), '');

-- When the message was handed over, for a message that was not left out before.
CREATE OR REPLACE TEMP MACRO ajo_queued_at(status, requested_at) AS
    CASE WHEN lower(status) IN ('sent', 'delivered', 'delay', 'bounce', 'error') THEN ajo_moment(requested_at) END;

-- The short word for why a message failed or was left out.
CREATE OR REPLACE TEMP MACRO ajo_reason(status, exclusion_reason, exclusion_code, failure_code) AS
    coalesce(
        ajo_given(exclusion_reason), ajo_given(exclusion_code), ajo_given(failure_code),
        CASE WHEN lower(status) IN ('exclude', 'duplicate', 'denylist') THEN lower(status) END);

-- The type of a bounce where it says one: "Ignored" says none.
CREATE OR REPLACE TEMP MACRO ajo_bounce_type(status, failure_type) AS
    CASE WHEN lower(status) = 'bounce' AND lower(failure_type) IN ('hard', 'soft', 'admin') THEN lower(failure_type) END;

-- Whether a bounce came in the conversation with the receiving server or afterwards.
CREATE OR REPLACE TEMP MACRO ajo_phase(status, category) AS
    CASE
        WHEN lower(status) <> 'bounce' THEN NULL
        WHEN lower(category) = 'async' THEN 'out_of_band'
        WHEN lower(category) = 'sync' THEN 'in_band'
    END;

-- One event per row of a relation with these fields, all texts.
CREATE OR REPLACE TEMP MACRO ajo_event(fields) AS TABLE
SELECT
    line,
    ajo_kind(event_type, feedback_status, failure_code, failure_reason, interaction_type, channel, address) AS kind,
    ajo_moment(timestamp) AS event_time,
    ajo_given(event_id) AS event_id,
    ajo_message_id(message_id, execution_id, batch_id, action_id) AS message_id,
    ajo_given(address) AS recipient,
    coalesce(ajo_given(campaign_id), ajo_given(action_id), ajo_given(execution_id)) AS delivery_id,
    try_cast(retry_count AS USMALLINT)::INTEGER + 1 AS attempt,
    ajo_bounce_type(feedback_status, failure_type) AS bounce_type,
    ajo_phase(feedback_status, failure_category) AS phase,
    ajo_reason(feedback_status, exclusion_reason, exclusion_code, failure_code) AS reason,
    ajo_given(failure_reason) AS diagnostic,
    ajo_given(url_id) AS url,
    ajo_queued_at(feedback_status, requested_at) AS queued_at,
    is_test AS test_profile
FROM query_table(fields);
