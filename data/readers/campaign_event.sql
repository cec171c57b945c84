-- staged_event, staged_again, staged_duplicate, staged_delivery: what all exports together tell of the touched messages (DOMAIN section 8).
-- Built from: campaign_row, campaign_reading, campaign_touched. The order in which exports were loaded plays no part.
INSERT INTO campaign_touched
SELECT message_key FROM campaign_row WHERE source_id = $source_id
UNION
SELECT message_key
FROM campaign_row
WHERE delivery_id IN (
    SELECT delivery_id
    FROM campaign_reading AS now JOIN campaign_reading_before AS before USING (source_id, delivery_id)
    WHERE now.efs <> before.efs);

-- campaign_told: one row per distinct row about a touched message, from the export that told it first.
CREATE OR REPLACE TEMP TABLE campaign_told AS
WITH told AS (
    SELECT
        campaign_row.* EXCLUDE (contact_at, address, test_profile), delivery_label, exported_at,
        CASE status
            WHEN 'pending' THEN CASE WHEN efs THEN 'relayed' ELSE 'targeted' END
            WHEN 'prepared' THEN 'targeted'
            WHEN 'taken' THEN 'relayed'
            WHEN 'sent' THEN CASE WHEN efs THEN 'delivered' ELSE 'relayed' END
            WHEN 'received' THEN 'delivered'
            WHEN 'failed' THEN
                CASE
                    -- The reason says that the retries are over.
                    WHEN reason = 'Expired' THEN 'expired'
                    WHEN failure_type = 'soft' THEN CASE WHEN efs THEN 'deferred' ELSE 'expired' END
                    ELSE 'bounced'
                END
            WHEN 'ignored' THEN 'rejected'
            WHEN 'cancelled' THEN 'cancelled'
            ELSE 'unknown'
        END::kind AS kind
    FROM campaign_row
    SEMI JOIN campaign_touched USING (message_key)
    JOIN campaign_reading USING (source_id, delivery_id)
)
SELECT DISTINCT ON (message_key, kind, changed_at, reason, failure_type, diagnostic) *
FROM told
ORDER BY message_key, kind, changed_at, reason, failure_type, diagnostic, exported_at, source_id, line;

-- campaign_message: one row per touched message, with what holds for all of its rows.
CREATE OR REPLACE TEMP TABLE campaign_message AS
SELECT
    message_key, min(contact_at) AS contact_at, bool_or(test_profile) AS test_profile,
    max_by(address, (exported_at, address)) AS recipient
FROM campaign_row
SEMI JOIN campaign_touched USING (message_key)
JOIN campaign_reading USING (source_id, delivery_id)
GROUP BY message_key;

-- campaign_step: one row per distinct row in the order of exports, with what came before it. moved_at: when the change
-- happened, as far as the row's own date tells; else it is known at the export only.
CREATE OR REPLACE TEMP TABLE campaign_step AS
SELECT
    *,
    kind IN ('relayed', 'deferred', 'delivered', 'bounced', 'expired') AS implies_relay,
    CASE WHEN changed_at <= max(changed_at) OVER past THEN exported_at ELSE changed_at END AS moved_at,
    coalesce(bool_or(kind = 'targeted') OVER past, false) AS was_targeted,
    coalesce(bool_or(kind IN ('relayed', 'deferred', 'delivered', 'bounced', 'expired')) OVER past, false)
        AS was_relayed,
    coalesce(bool_or(kind IN ('deferred', 'delivered', 'bounced', 'expired')) OVER past, false) AS was_reported,
    coalesce(bool_or(kind IN ('rejected', 'cancelled')) OVER past, false) AS was_withdrawn,
    kind = lag(kind) OVER story AND CASE
        WHEN kind = 'deferred' THEN changed_at <= max(changed_at) OVER past
        ELSE reason IS NOT DISTINCT FROM lag(reason) OVER story
            AND failure_type IS NOT DISTINCT FROM lag(failure_type) OVER story
    END AS is_repeat
FROM campaign_told
WHERE kind <> 'unknown'
WINDOW
    story AS (
        PARTITION BY message_key ORDER BY exported_at, changed_at, kind, reason, failure_type, diagnostic),
    past AS (
        PARTITION BY message_key ORDER BY exported_at, changed_at, kind, reason, failure_type, diagnostic
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING);

-- campaign_relay: one row per touched message that was relayed, so that a stack of exports tells it once. A row that is
-- sent without EFS dates the relay itself; elsewhere the contact date does. No relay comes after what followed from it.
CREATE OR REPLACE TEMP TABLE campaign_relay AS
SELECT
    message_key,
    least(
        coalesce(
            min(moved_at) FILTER (kind = 'relayed' AND status = 'sent'), any_value(contact_at), min(changed_at)),
        min(moved_at) FILTER (kind <> 'relayed')) AS relayed_at
FROM campaign_step JOIN campaign_message USING (message_key)
WHERE implies_relay AND NOT was_withdrawn AND NOT (kind = 'relayed' AND was_reported)
GROUP BY message_key;

INSERT INTO staged_event BY NAME
WITH relay AS (
    SELECT campaign_step.* REPLACE ('relayed'::kind AS kind), relayed_at AS event_time, false AS is_told
    FROM campaign_step JOIN campaign_relay USING (message_key)
    WHERE implies_relay AND NOT was_relayed AND NOT was_withdrawn
),
step AS (
    SELECT
        campaign_step.*,
        CASE
            -- A row that goes back contradicts at the moment of its export what was known before.
            WHEN kind = 'relayed' OR (kind = 'targeted' AND (was_relayed OR was_withdrawn)) THEN exported_at
            WHEN kind = 'targeted' THEN least(moved_at, relayed_at)
            ELSE moved_at
        END AS event_time,
        true AS is_told
    FROM campaign_step LEFT JOIN campaign_relay USING (message_key)
    WHERE NOT coalesce(is_repeat, false)
        AND (kind <> 'relayed' OR was_reported OR was_withdrawn)
        AND (kind <> 'targeted' OR NOT was_targeted OR was_relayed OR was_withdrawn)
),
event_told AS (
    FROM relay
    UNION ALL BY NAME
    FROM step
    UNION ALL BY NAME
    SELECT *, changed_at AS event_time, true AS is_told FROM campaign_told WHERE kind = 'unknown'
)
SELECT
    source_id, line, kind, event_time, message_id, recipient, delivery_id, delivery_label,
    CASE WHEN is_told THEN failure_type END AS bounce_type,
    CASE WHEN is_told THEN reason END AS reason,
    CASE WHEN is_told THEN diagnostic END AS diagnostic,
    test_profile, time_assumed
FROM event_told JOIN campaign_message USING (message_key);

INSERT INTO staged_again
SELECT source_id, line
FROM campaign_row SEMI JOIN campaign_touched USING (message_key)
WHERE source_id <> $source_id;

INSERT INTO staged_duplicate
SELECT line
FROM campaign_row ANTI JOIN staged_event USING (source_id, line)
WHERE source_id = $source_id;

INSERT INTO staged_delivery
SELECT source_id, delivery_id, delivery_label FROM campaign_export;
