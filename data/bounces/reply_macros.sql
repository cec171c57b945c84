-- How a reply is read. Temporary: they live as long as the cursor.

-- What a staged row says of a failure, as one key; NULL where it tells of none. The verdicts are joined by it.
CREATE OR REPLACE TEMP MACRO reply_key_of(kind, bounce_type, reason, smtp_code, enhanced_status, diagnostic) AS
    CASE
        WHEN kind::VARCHAR IN ('bounced', 'deferred', 'expired', 'rejected', 'failed')
            THEN hash(kind::VARCHAR, bounce_type, reason, smtp_code, enhanced_status, diagnostic)
    END;

-- The enhanced status at the head of a text; '' where there is none. What goes on with a dot and a digit is an address
-- of a host, and a longer number a date.
CREATE OR REPLACE TEMP MACRO leading_status(text) AS
    regexp_extract(text, '^\s*([245]\.[0-7]\.\d{1,3})(?:[^.\d]|\.\D|\.?$)', 1);

-- The enhanced status that a diagnostic holds, where one can be told for certain: directly behind the SMTP code, behind
-- a "#" as qmail writes it, or at the beginning. '' where it holds none.
CREATE OR REPLACE TEMP MACRO status_in(diagnostic) AS
    coalesce(
        nullif(
            regexp_extract(
                diagnostic, '(?:^|[^\d.])[245]\d\d[ -][#(<]?([245]\.[0-7]\.\d{1,3})(?:[^.\d]|\.\D|\.?$)', 1), ''),
        nullif(regexp_extract(diagnostic, '#([245]\.[0-7]\.\d{1,3})(?:[^.\d]|\.\D|\.?$)', 1), ''),
        leading_status(regexp_replace(diagnostic, '^\s*smtp;', '')));

-- The SMTP code that begins a diagnostic, or what a host said in it; '' where it holds none.
CREATE OR REPLACE TEMP MACRO smtp_code_in(diagnostic) AS
    regexp_extract(diagnostic, '(?:^|[:;])\s*([245]\d\d)(?:[ -]|$)', 1);

-- A text as the phrases are searched in it: lower case, on one line, without addresses, hosts and enhanced codes.
CREATE OR REPLACE TEMP MACRO plain_words(text) AS
    replace(
        regexp_replace(
            lower(text),
            concat(
                '(?:(?:<+[^<>\s]*>+|\S+@\S+|\S+\[[0-9a-f.:]+\]\S*|\b[245]\d\d-(?:[245]\.\d\.\d{1,3})?',
                '|\b(?:[245]\d\d )?[245]\.\d\.\d{1,3}\b|[\t\r\n])\s*)+'),
            ' ', 'g'),
        '  ', ' ');

-- The rules' evidence in a reply: its codes, with x for any class and any detail; its phrases; and both together.
CREATE OR REPLACE TEMP MACRO evidence_of(status, smtp_code, phrases) AS
    list_concat(
        [
            status, regexp_replace(status, '^\d', 'x'), regexp_replace(status, '^\d\.(\d)\.\d+$', 'x.\1.x'),
            smtp_code::VARCHAR
        ],
        phrases,
        list_transform(phrases, lambda phrase: concat(status, ' ', phrase)));

-- meant_event: the staged events with the kind that they mean: an unknown one is what the analyst says of its word. Built
-- from: staged_event, meaning.
CREATE OR REPLACE TEMP VIEW meant_event AS
SELECT
    staged_event.*,
    CASE
        WHEN staged_event.kind::VARCHAR = 'unknown' THEN coalesce(meaning.kind::VARCHAR, 'unknown')
        ELSE staged_event.kind::VARCHAR
    END AS meant_kind
FROM staged_event
LEFT JOIN meaning ON meaning.source_id = staged_event.source_id AND meaning.word = staged_event.reason::VARCHAR;
