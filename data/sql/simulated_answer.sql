-- simulated_answer: one row per answer of a receiving server, with what the log formats write about it.
-- reason: Campaign's word for it. is_reached: whether a server answered at all.
CREATE OR REPLACE TEMP TABLE simulated_answer AS
SELECT *
FROM (VALUES
    ('accepted',         'delivered', 250,  '2.0.0', NULL,    NULL, NULL, NULL, '2.0.0 OK: queued', true),
    ('greylisted',       'deferred',  451,  '4.7.1', NULL,    'Refused', 'Zurückgewiesen', NULL,
        '4.7.1 Greylisted, please try again later', true),
    ('outage',           'deferred',  421,  '4.3.2', NULL,    'Unreachable', 'Unerreichbar', NULL,
        '4.3.2 System not accepting network messages', true),
    ('timeout',          'deferred',  NULL, '4.4.1', NULL,    'Unreachable', 'Unerreichbar', NULL,
        'Connection timed out', false),
    ('mailbox_full',     'deferred',  452,  '4.2.2', NULL,    'Mailbox full', 'Postfach voll', NULL,
        '4.2.2 The mailbox is over quota', true),
    ('user_unknown',     'bounced',   550,  '5.1.1', 'hard',  'User unknown', 'Unbekannter Nutzer', 'in_band',
        '5.1.1 No such user here', true),
    ('account_disabled', 'bounced',   550,  '5.2.1', 'hard',  'Account disabled', 'Konto deaktiviert', 'in_band',
        '5.2.1 The account is disabled', true),
    ('blocked',          'bounced',   554,  '5.7.1', 'block', 'Refused', 'Zurückgewiesen', 'in_band',
        '5.7.1 Message refused by policy', true),
    ('late_unknown',     'bounced',   550,  '5.1.1', 'hard',  'User unknown', 'Unbekannter Nutzer', 'out_of_band',
        '5.1.1 Recipient unknown after forwarding', true),
    ('late_full',        'bounced',   552,  '5.2.2', 'soft',  'Mailbox full', 'Postfach voll', 'out_of_band',
        '5.2.2 Storage quota exceeded', true)
) AS answer (
    answer, kind, smtp_code, enhanced_status, bounce_type, reason, reason_de, phase, words, is_reached);
