-- verdict: one row per different reply of a failure, with its type and reason. Built from: meant_event. $evidence,
-- $rule_types, $rule_reasons: the rules, in their order. $categories, $category_names, $category_types,
-- $category_weights: what the format's own words mean. $phrases: all phrases of the rules as one pattern.

-- bounce_rule: one row per rule; the first of those that fit decides.
CREATE OR REPLACE TEMP TABLE bounce_rule AS
SELECT
    unnest($evidence::VARCHAR[]) AS evidence, unnest($rule_types::VARCHAR[]) AS bounce_type,
    unnest($rule_reasons::VARCHAR[]) AS reason, unnest(range(len($evidence::VARCHAR[]))) AS place;

-- bounce_category: one row per category of the format.
CREATE OR REPLACE TEMP TABLE bounce_category AS
SELECT
    unnest($categories::VARCHAR[]) AS category, unnest($category_names::VARCHAR[]) AS name,
    unnest($category_types::VARCHAR[]) AS bounce_type, unnest($category_weights::VARCHAR[]) AS weight;

WITH reply AS (
    SELECT
        reply_key_of(meant_kind, bounce_type, reason, smtp_code, enhanced_status, diagnostic) AS reply_key,
        any_value(meant_kind) AS kind, any_value(lower(trim(bounce_type::VARCHAR))) AS told_type,
        any_value(reason::VARCHAR) AS told_reason, any_value(smtp_code::INTEGER) AS told_code,
        any_value(enhanced_status::VARCHAR) AS told_status, any_value(diagnostic::VARCHAR) AS diagnostic
    FROM meant_event
    WHERE meant_kind IN ('bounced', 'deferred', 'expired', 'rejected', 'failed') AND reject_reason IS NULL
    GROUP BY reply_key
),
coded_reply AS (
    SELECT
        reply.*, category, name AS category_name, bounce_category.bounce_type AS category_type, weight,
        coalesce(nullif(status_in(diagnostic), ''), nullif(leading_status(told_status), '')) AS status,
        coalesce(told_code, try_cast(smtp_code_in(diagnostic) AS INTEGER)) AS smtp_code,
        regexp_extract_all(
            plain_words(coalesce(diagnostic, CASE WHEN category IS NULL THEN told_reason END)), $phrases) AS phrases,
        hash(status, smtp_code, phrases) AS finding_key
    FROM reply LEFT JOIN bounce_category ON category = lower(trim(told_reason))
),
-- Many replies, few findings: what the rules look at is the same in nearly all of them.
finding AS (
    SELECT finding_key, any_value(status) AS status, any_value(smtp_code) AS smtp_code, any_value(phrases) AS phrases
    FROM coded_reply
    GROUP BY finding_key
),
finding_evidence AS (
    SELECT finding_key, unnest(evidence_of(status, smtp_code, phrases)) AS evidence FROM finding
),
-- Type and reason are of the same rule: a first rule without a reason is not passed over.
ruled_finding AS (
    SELECT finding_key, min_by({'bounce_type': bounce_type, 'reason': reason}, place) AS rule
    FROM finding_evidence JOIN bounce_rule USING (evidence)
    GROUP BY finding_key
),
-- A refusal for now says nothing for good of the address.
judged_reply AS (
    SELECT
        *,
        starts_with(status, '4') OR coalesce(smtp_code BETWEEN 400 AND 499, false) AS is_temporary,
        CASE
            WHEN is_temporary THEN 'soft'
            WHEN starts_with(status, '5') OR smtp_code BETWEEN 500 AND 599 THEN 'hard'
        END AS type_of_digit
    FROM coded_reply LEFT JOIN ruled_finding USING (finding_key)
)
SELECT
    reply_key,
    CASE
        WHEN kind <> 'bounced' THEN NULL
        WHEN told_type IN ('hard', 'soft', 'block', 'admin') THEN told_type
        WHEN weight = 'firm' THEN category_type
        WHEN rule.bounce_type = 'hard' AND is_temporary THEN 'soft'
        ELSE coalesce(rule.bounce_type, category_type, type_of_digit, 'undetermined')
    END AS bounce_type,
    CASE
        WHEN nullif(trim(told_reason), '') IS NULL THEN rule.reason
        WHEN category_name IS NOT NULL THEN concat(told_reason, ' ', category_name)
        ELSE told_reason
    END AS reason
FROM judged_reply;
