-- How Postfix writes things down. Temporary: they live as long as the cursor.

-- Whether a relay is on this machine: a loopback address or a socket, as content filters and mail stores have.
CREATE OR REPLACE TEMP MACRO is_on_this_machine(relay) AS
    regexp_matches(
        relay,
        '^(?:localhost(?:[.:]|$)|127\.|\[?::1|private/|public/|/)|\[(?:127\.[\d.]+|::1|(?:private|public)?/[^\]]*)\]');

-- The queue id under which a message goes on behind the relay; NULL where the text tells none.
CREATE OR REPLACE TEMP MACRO next_queue_id(reply) AS
    nullif(regexp_extract(reply, '\b(?:queued|forwarded) as ([0-9A-Za-z]{5,})\b', 1), '');

-- What a status line tells. SOFTBOUNCE: a refusal that the site's own setting turns into a retry.
CREATE OR REPLACE TEMP MACRO telling_of_status(status, daemon, relay, reply) AS
    CASE
        WHEN status IN ('deferred', 'softbounce') THEN 'deferred'
        WHEN status = 'bounced' THEN 'bounced'
        WHEN status IN ('deliverable', 'undeliverable') THEN 'probed'
        WHEN status <> 'sent' THEN NULL
        WHEN next_queue_id(reply) IS NOT NULL AND (daemon = 'local' OR is_on_this_machine(relay)) THEN 'handed'
        WHEN daemon IN ('local', 'virtual', 'pipe', 'lmtp') OR is_on_this_machine(relay) THEN 'local'
        ELSE 'delivered'
    END;

-- The SMTP code of a reply: at its start, or behind "said:" and its like.
CREATE OR REPLACE TEMP MACRO smtp_code_of(reply) AS
    try_cast(regexp_extract(reply, '(?:^| said: | talk to me: )([245]\d\d)[ -]', 1) AS INTEGER);

-- The enhanced code directly behind the SMTP code of a reply. The address of a host is none.
CREATE OR REPLACE TEMP MACRO enhanced_status_of(reply) AS
    nullif(
        regexp_extract(
            reply, '(?:^| said: | talk to me: )[245]\d\d[ -][#(<]?([245]\.\d{1,3}\.\d{1,3})(?:[^.\d]|$)', 1),
        '');

-- One sender per mailing. Senders that carry the recipient or a number (VERP, BATV) lose it:
--   prvs=TAG=news@a       -> news@a       the tag of BATV in front
--   bounce+ANYTHING@a     -> bounce@a     everything from the first plus
--   bounces-123-ann=b.c@a -> bounces@a    a recipient (it has "="), with the number in front of it
--   news-ann=b.c@a        -> news@a       a recipient alone: everything from the last hyphen in front of its "="
--   bounces-123-45@a      -> bounces@a    numbers at the end
-- What would leave nothing stays as it is; so do words behind a hyphen (news-june@a). The domain is case-insensitive.
CREATE OR REPLACE TEMP MACRO shortened(name) AS
    regexp_replace(
        regexp_replace(
            regexp_replace(
                regexp_replace(name, '^prvs=[0-9A-Za-z]+=(.)', '\1'), '^([^+]+)\+.*$', '\1'),
            '^([^=]+?)(?:(?:-\d+)+(?:-[^=]*)?|-[^-=]*)?=.*$', '\1'),
        '^(.*?[^-])(?:-\d+)+$', '\1');

CREATE OR REPLACE TEMP MACRO mailing_sender(sender) AS
    CASE
        WHEN contains(sender, '@')
            THEN concat(
                shortened(left(sender, length(sender) - length(split_part(sender, '@', -1)) - 1)),
                '@', lower(split_part(sender, '@', -1)))
        ELSE sender
    END;
