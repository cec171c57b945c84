-- simulated_domain: one row per receiving domain, with its temper. Rates are shares of its messages (0..1).
-- full_rate: full mailboxes. glitch_rate: connections that fail for a while. late_rate: bounces after acceptance.
CREATE OR REPLACE TEMP TABLE simulated_domain AS
SELECT *
FROM (VALUES
    ('postbox.example', 'mx1.postbox.example', '192.0.2.17', 30, 6, 0.006, 0, 0.012, 0.004, 0.001, 0.002, 0.42, 0.3),
    ('freemail.example', 'mx.freemail.example', '192.0.2.41', 22, 14, 0.011, 0, 0.018, 0.006, 0.003, 0.003, 0.33, 0.05),
    ('webpost.example', 'in.webpost.example', '198.51.100.9', 14, 25, 0.008, 0.35, 0.009, 0.003, 0.001, 0.001, 0.36, 0),
    ('telnet.example', 'mail.telnet.example', '198.51.100.61', 12, 40, 0.022, 0, 0.03, 0.02, 0.002, 0.004, 0.28, 0),
    ('icemail.example', 'mx3.icemail.example', '203.0.113.5', 9, 4, 0.004, 0, 0.006, 0.002, 0, 0.001, 0.45, 0.55),
    ('campus.example', 'relay.campus.example', '203.0.113.80', 6, 55, 0.034, 0.6, 0.004, 0.01, 0.001, 0.003, 0.24, 0),
    ('kontor.example', 'mx.kontor.example', '203.0.113.121', 5, 70, 0.015, 0.2, 0.003, 0.008, 0.025, 0.002, 0.31, 0.1),
    ('oldmail.example', 'mx.oldmail.example', '198.51.100.200', 2, 90, 0.09, 0.1, 0.08, 0.03, 0.004, 0.015, 0.12, 0)
) AS temper (
    domain, mx_host, mx_address, share_percent, accept_seconds, hard_rate, greylist_rate, full_rate, glitch_rate,
    block_rate, late_rate, open_rate, proxy_rate);

-- simulated_domain_slot: one row per hundredth of the recipients, so that choosing a domain is an equality join.
CREATE OR REPLACE TEMP TABLE simulated_domain_slot AS
SELECT row_number() OVER (ORDER BY share_percent DESC, domain) - 1 AS slot, simulated_domain.*
FROM (SELECT domain AS name, unnest(range(share_percent)) FROM simulated_domain) AS hundredth
JOIN simulated_domain ON simulated_domain.domain = hundredth.name;
