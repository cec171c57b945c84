-- staged_event: the messages of which all exports say the same. Built from: campaign_row,
-- campaign_reading, campaign_touched. The order in which the exports were loaded plays no part.
INSERT INTO campaign_touched
SELECT message_key FROM campaign_row WHERE source_id = $source_id
UNION
SELECT message_key
FROM campaign_row
WHERE delivery_id IN (
    SELECT delivery_id
    FROM campaign_reading AS now JOIN campaign_reading_before AS before USING (source_id, delivery_id)
    WHERE now.efs <> before.efs);

-- campaign_export_order: one row per source and delivery. place + line numbers the rows in the order of the exports.
CREATE OR REPLACE TEMP TABLE campaign_export_order AS
SELECT *, (row_number() OVER (ORDER BY exported_at, source_id, delivery_id)) << 40 AS place FROM campaign_reading;

-- touched_row: one row per row about a touched message, with the kind of event that it stands for.
CREATE OR REPLACE TEMP VIEW touched_row AS
SELECT
    campaign_row.*, delivery_label, exported_at, place + line AS place, hash(content_hash, efs) AS variant,
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
JOIN campaign_export_order USING (source_id, delivery_id);

-- campaign_message: one row per touched message; settled where all of its rows say the same.
CREATE OR REPLACE TEMP TABLE campaign_message AS
SELECT message_key, min(place) AS first_place, min(variant) = max(variant) AS is_settled
FROM touched_row
GROUP BY message_key;

-- settled_row: one row per settled message. A row that is pending, or sent without EFS, dates the relay itself;
-- elsewhere the contact date does; and no relay comes after what followed from it. told_kinds: the relay, if the row
-- implies one, and its own event.
CREATE OR REPLACE TEMP VIEW settled_row AS
SELECT
    *,
    CASE
        WHEN kind IN ('deferred'::kind, 'delivered'::kind, 'bounced'::kind, 'expired'::kind)
            THEN ['relayed'::kind, kind]
        ELSE [kind]
    END AS told_kinds,
    CASE
        WHEN status IN ('pending', 'sent') AND kind = 'relayed'::kind THEN changed_at
        ELSE least(contact_at, changed_at)
    END AS relayed_at
FROM touched_row SEMI JOIN (SELECT first_place AS place FROM campaign_message WHERE is_settled) AS first USING (place);

INSERT INTO staged_event BY NAME
WITH told AS (SELECT *, unnest(told_kinds) AS told_kind FROM settled_row)
SELECT
    source_id, line, told_kind AS kind,
    CASE WHEN told_kind = 'relayed'::kind THEN relayed_at ELSE changed_at END AS event_time,
    message_id, address AS recipient, delivery_id, delivery_label,
    CASE WHEN told_kind <> 'relayed'::kind THEN failure_type END AS bounce_type,
    CASE WHEN told_kind <> 'relayed'::kind THEN reason END AS reason,
    CASE WHEN told_kind <> 'relayed'::kind THEN diagnostic END AS diagnostic,
    test_profile, time_assumed
FROM told;
