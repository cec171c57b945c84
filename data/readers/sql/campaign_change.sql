-- staged_event: the messages of which the exports do not always say the same. Built from: touched_row, campaign_message.

-- changed_row: one row per distinct row about such a message, from the export that told it first. planned_at: the relay
-- that it dates; NULL where that is the change itself (sent without EFS).
CREATE OR REPLACE TEMP TABLE changed_row AS
WITH told AS (
    SELECT touched_row.*
    FROM touched_row SEMI JOIN (SELECT message_key FROM campaign_message WHERE NOT is_settled) AS changed
        USING (message_key)
)
SELECT
    * EXCLUDE (address, test_profile),
    max_by(address, (exported_at, address)) OVER message AS recipient,
    bool_or(test_profile) OVER message AS test_profile,
    min(CASE
        WHEN status = 'pending' THEN changed_at
        WHEN status <> 'sent' OR kind <> 'relayed' THEN coalesce(contact_at, changed_at)
    END) OVER same AS planned_at
FROM told
WINDOW
    message AS (PARTITION BY message_key),
    same AS (PARTITION BY message_key, kind, changed_at, reason, failure_type, diagnostic)
QUALIFY row_number() OVER (
    PARTITION BY message_key, kind, changed_at, reason, failure_type, diagnostic ORDER BY place) = 1;

-- changed_step: one row per changed row in the order of exports, with what came before it. moved_at: when the change
-- happened, as far as the row's own date tells; else it is known at the export only.
CREATE OR REPLACE TEMP TABLE changed_step AS
SELECT
    *,
    kind IN ('relayed', 'deferred', 'delivered', 'bounced', 'expired') AS implies_relay,
    CASE WHEN changed_at <= max(changed_at) OVER past THEN exported_at ELSE changed_at END AS moved_at,
    coalesce(bool_or(kind = 'targeted') OVER past, false) AS was_targeted,
    coalesce(bool_or(kind IN ('relayed', 'deferred', 'delivered', 'bounced', 'expired')) OVER past, false)
        AS was_relayed,
    coalesce(bool_or(kind IN ('deferred', 'delivered', 'bounced', 'expired')) OVER past, false) AS was_reported,
    coalesce(bool_or(kind IN ('rejected', 'cancelled')) OVER past, false) AS was_withdrawn,
    coalesce(kind = lag(kind) OVER story AND CASE
        WHEN kind = 'deferred' THEN changed_at <= max(changed_at) OVER past
        ELSE reason IS NOT DISTINCT FROM lag(reason) OVER story
            AND failure_type IS NOT DISTINCT FROM lag(failure_type) OVER story
    END, false) AS is_repeat
FROM changed_row
WHERE kind <> 'unknown'
WINDOW
    story AS (
        PARTITION BY message_key ORDER BY exported_at, changed_at, kind, reason, failure_type, diagnostic),
    past AS (
        PARTITION BY message_key ORDER BY exported_at, changed_at, kind, reason, failure_type, diagnostic
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING);

-- changed_relay: one row per such message that was relayed, so that a stack of exports tells it once: at the earliest
-- relay that a row dates, which is never after what the row tells.
CREATE OR REPLACE TEMP TABLE changed_relay AS
SELECT message_key, min(least(planned_at, moved_at)) AS relayed_at
FROM changed_step
WHERE implies_relay AND NOT was_withdrawn AND NOT (kind = 'relayed' AND was_reported)
GROUP BY message_key;

INSERT INTO staged_event BY NAME
SELECT
    source_id, line, 'relayed'::kind AS kind, relayed_at AS event_time, message_id, recipient, delivery_id,
    delivery_label, test_profile, time_assumed
FROM changed_step JOIN changed_relay USING (message_key)
WHERE implies_relay AND NOT was_relayed AND NOT was_withdrawn;

INSERT INTO staged_event BY NAME
WITH told_step AS (
    SELECT
        changed_step.*,
        CASE
            -- A row that goes back contradicts at the moment of its export what was known before.
            WHEN kind = 'relayed' OR (kind = 'targeted' AND (was_relayed OR was_withdrawn)) THEN exported_at
            WHEN kind = 'targeted' THEN least(moved_at, relayed_at)
            ELSE moved_at
        END AS event_time
    FROM changed_step LEFT JOIN changed_relay USING (message_key)
    WHERE NOT is_repeat
        AND (kind <> 'relayed' OR was_reported OR was_withdrawn)
        AND (kind <> 'targeted' OR NOT was_targeted OR was_relayed OR was_withdrawn)
    UNION ALL BY NAME
    SELECT *, changed_at AS event_time FROM changed_row WHERE kind = 'unknown'
)
SELECT
    source_id, line, kind, event_time, message_id, recipient, delivery_id, delivery_label, failure_type AS bounce_type,
    reason, diagnostic, test_profile, time_assumed
FROM told_step;
