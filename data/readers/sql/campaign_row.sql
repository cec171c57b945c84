-- campaign_row, campaign_export, staged_rejection: the rows of an export with their words and dates understood.
-- Built from: campaign_text, campaign_word, campaign_moment.
CREATE OR REPLACE TEMP TABLE campaign_read AS
WITH understood AS (
    SELECT
        line, log_id, address, diagnostic,
        coalesce(told.delivery_id, told.delivery_label, $unnamed_id) AS delivery_id,
        coalesce($delivery_label, told.delivery_label) AS delivery_label,
        told.status AS status_text, status.meaning AS status_named,
        told.failure_type AS type_text, failure_type.meaning AS type_named,
        coalesce(reason.meaning, told.reason) AS reason_named,
        reason.meaning IS NULL AND told.reason IS NOT NULL AS is_reason_unknown,
        coalesce(test_profile.meaning = 'yes', false) AS test_profile,
        -- What happened has a date of its own; the contact date is when it was to happen.
        coalesce(changed.moment, modified.moment) AS changed_at,
        modified.moment AS modified_at, contact.moment AS contact_at,
        coalesce(changed.is_assumed, modified.is_assumed, false) AS time_assumed,
        coalesce(
            'Date ' || changed.problem, 'Last modified ' || modified.problem, 'Contact date ' || contact.problem
        ) AS date_problem
    FROM campaign_text AS told
    LEFT JOIN campaign_word AS status ON status.name = 'status' AND status.written = told.status
    LEFT JOIN campaign_word AS failure_type
        ON failure_type.name = 'failure_type' AND failure_type.written = told.failure_type
    LEFT JOIN campaign_word AS reason ON reason.name = 'reason' AND reason.written = told.reason
    LEFT JOIN campaign_word AS test_profile
        ON test_profile.name = 'test_profile' AND test_profile.written = told.test_profile
    LEFT JOIN campaign_moment AS changed ON changed.written = told.changed_at
    LEFT JOIN campaign_moment AS modified ON modified.written = told.modified_at
    LEFT JOIN campaign_moment AS contact ON contact.written = told.contact_at
),
judged AS (
    SELECT
        *,
        -- A failure of unknown type is neither a bounce nor a deferral until someone says which.
        CASE
            WHEN status_named IS NULL THEN status_text
            WHEN status_named = 'failed' AND type_text IS NOT NULL AND type_named IS NULL THEN type_text
        END AS told
    FROM understood
)
SELECT
    line, delivery_id, delivery_label, coalesce(log_id, address) AS message_id, coalesce(address, '') AS address,
    changed_at, modified_at, contact_at, diagnostic, told, test_profile, time_assumed,
    CASE WHEN told IS NULL THEN status_named ELSE 'unknown' END AS status,
    CASE
        WHEN status_named <> 'failed' OR told IS NOT NULL THEN NULL
        WHEN type_named IN ('hard', 'soft') THEN type_named
        WHEN type_named = 'ignored' THEN 'undetermined'
        ELSE coalesce(map($typed_reasons::VARCHAR[], $reason_types::VARCHAR[])[reason_named], 'undetermined')
    END AS failure_type,
    CASE
        WHEN told IS NOT NULL THEN told
        WHEN status_named = 'failed' THEN reason_named
        WHEN status_named IN ('ignored', 'cancelled') THEN nullif(reason_named, 'Not defined')
    END AS reason,
    is_reason_unknown AND status_named IN ('failed', 'ignored') AS is_reason_unknown,
    CASE
        WHEN status_text IS NULL THEN 'Status is empty'
        WHEN message_id IS NULL THEN 'Address is empty'
        WHEN delivery_id IS NULL THEN 'Delivery is empty, though other rows name theirs'
        WHEN date_problem IS NOT NULL THEN date_problem
        WHEN changed_at IS NULL THEN 'Date is empty'
    END AS problem
FROM judged;

INSERT INTO staged_rejection
SELECT line, NULL, problem FROM campaign_read WHERE problem IS NOT NULL;

INSERT INTO campaign_row BY NAME
SELECT
    $source_id AS source_id, line, hash(delivery_id, message_id) AS message_key, delivery_id, message_id,
    address, status, changed_at, contact_at, failure_type, reason, diagnostic, test_profile, time_assumed,
    hash(address, status, changed_at, contact_at, failure_type, reason, diagnostic, test_profile) AS content_hash
FROM campaign_read
WHERE problem IS NULL;

-- A message awaits feedback where it is pending though its contact date has passed, or where no contact date is told,
-- though others of its delivery have an outcome since; or where the service provider has it.
INSERT INTO campaign_export
WITH named AS (
    SELECT
        delivery_id,
        max(delivery_label) AS delivery_label,
        max(greatest(changed_at, modified_at)) AS last_changed_at,
        max(changed_at) FILTER (status IN ('sent', 'failed', 'received')) AS outcome_at,
        min(contact_at) FILTER (status = 'pending') AS pending_contact_at,
        min(changed_at) FILTER (status = 'pending' AND contact_at IS NULL) AS pending_at,
        bool_or(status = 'taken') AS has_taken
    FROM campaign_read
    WHERE problem IS NULL
    GROUP BY delivery_id
)
SELECT
    $source_id, delivery_id, delivery_label,
    max(last_changed_at) OVER (),
    $efs,
    bool_or(
        has_taken OR coalesce(pending_contact_at < last_changed_at, false) OR coalesce(pending_at < outcome_at, false)
    ) OVER ()
FROM named;
