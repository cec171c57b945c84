-- How Postfix writes things down. Temporary: they live as long as the cursor.

-- The nth part of a text between separators; NULL where there are fewer. (split_part looks at its text several times.)
CREATE OR REPLACE TEMP MACRO nth_part(text, separator, n) AS string_split(text, separator)[n];

-- The text between two others; NULL where the first is missing.
CREATE OR REPLACE TEMP MACRO text_between(text, opening, closing) AS nth_part(nth_part(text, opening, 2), closing, 1);

-- Whether a relay is on this machine: a loopback address or a socket, as content filters and mail stores have.
CREATE OR REPLACE TEMP MACRO is_on_this_machine(relay) AS
    regexp_matches(relay, '\[(?:127\.|::1\]|private/|public/|/)|^(?:127\.|private/|public/|/|localhost(?::|$))');

-- The queue id under which a message goes on behind the relay; '' where the text tells none.
CREATE OR REPLACE TEMP MACRO next_queue_id(reply) AS
    regexp_extract(reply, '\b(?:queued|forwarded) as ([0-9A-Za-z]{5,})\b', 1);

-- What a status line tells. SOFTBOUNCE: a refusal that the site's own setting turns into a retry.
CREATE OR REPLACE TEMP MACRO telling_of_status(status, daemon, relay, reply) AS
    CASE
        WHEN status IN ('deferred', 'softbounce') THEN 'deferred'
        WHEN status = 'bounced' THEN 'bounced'
        WHEN status IN ('deliverable', 'undeliverable') THEN 'probed'
        WHEN status <> 'sent' THEN NULL
        WHEN daemon NOT IN ('local', 'virtual', 'pipe', 'lmtp') AND NOT is_on_this_machine(relay) THEN 'delivered'
        WHEN (daemon = 'local' OR is_on_this_machine(relay)) AND next_queue_id(reply) <> '' THEN 'handed'
        ELSE 'local'
    END;

-- The part of a reply that begins with the receiving host's code; NULL where no host spoke.
CREATE OR REPLACE TEMP MACRO host_reply(reply) AS
    CASE
        WHEN reply[1] BETWEEN '2' AND '5' THEN reply
        WHEN contains(reply, ' said: ') THEN nth_part(reply, ' said: ', 2)
        ELSE nth_part(reply, ' talk to me: ', 2)
    END;

CREATE OR REPLACE TEMP MACRO smtp_code_of(said) AS
    CASE WHEN said[4] IN (' ', '-') AND said[1] IN ('2', '4', '5') THEN try_cast(left(said, 3) AS INTEGER) END;

-- The enhanced code directly behind the SMTP code. The address of a host is none.
CREATE OR REPLACE TEMP MACRO enhanced_status_of(said) AS
    CASE
        WHEN said[4] IN (' ', '-') AND said[5] IN ('2', '4', '5', '#', '(', '<') THEN nullif(
            regexp_extract(said, '^[245]\d\d[ -][#(<]?([245]\.\d{1,3}\.\d{1,3})(?:[^.\d]|$)', 1), '')
    END;

-- One sender per mailing. Senders that carry the recipient or a number (VERP, BATV) lose it:
--   prvs=TAG=news@a       -> news@a       the tag of BATV in front
--   bounce+ANYTHING@a     -> bounce@a     everything from the first plus
--   bounces-123-ann=b.c@a -> bounces@a    a recipient (it has "="), with the number in front of it
--   news-ann=b.c@a        -> news@a       a recipient alone: everything from the last hyphen in front of its "="
--   bounces-123-45@a      -> bounces@a    numbers at the end
-- What would leave nothing stays as it is; so do words behind a hyphen (news-june@a). The domain is case-insensitive.
CREATE OR REPLACE TEMP MACRO shortened(name) AS
    CASE
        WHEN contains(name, '+') OR contains(name, '=') OR name[-1] BETWEEN '0' AND '9' THEN
            regexp_replace(
                regexp_replace(
                    regexp_replace(
                        regexp_replace(name, '^prvs=[0-9A-Za-z]+=(.)', '\1'), '^([^+]+)\+.*$', '\1'),
                    '^([^=]+?)(?:(?:-\d+)+(?:-[^=]*)?|-[^-=]*)?=.*$', '\1'),
                '^(.*?[^-])(?:-\d+)+$', '\1')
        ELSE name
    END;

CREATE OR REPLACE TEMP MACRO mailing_sender(sender) AS
    CASE
        WHEN contains(sender, '@')
            THEN concat(
                shortened(left(sender, length(sender) - length(split_part(sender, '@', -1)) - 1)),
                '@', lower(split_part(sender, '@', -1)))
        ELSE sender
    END;
