-- simulated_answer: one row per answer of a receiving server, with what the log formats write about it.
-- reason: Campaign's word for it. is_reached: whether a server answered at all.
CREATE OR REPLACE TEMP TABLE simulated_answer AS
SELECT
    *,
    CASE WHEN is_reached THEN concat_ws(' ', smtp_code, enhanced_status, words) ELSE words END AS diagnostic
FROM (VALUES
    ('accepted', 'delivered', 250, '2.0.0', NULL, NULL, NULL, 'OK: queued', true),
    ('greylisted', 'deferred', 451, '4.7.1', NULL, NULL, 'Refused', 'Greylisted, please try again later', true),
    ('outage', 'deferred', 421, '4.3.2', NULL, NULL, 'Unreachable', 'System not accepting network messages', true),
    ('timeout', 'deferred', NULL, '4.4.1', NULL, NULL, 'Unreachable', 'Connection timed out', false),
    ('mailbox_full', 'deferred', 452, '4.2.2', NULL, NULL, 'Mailbox full', 'The mailbox is over quota', true),
    ('user_unknown', 'bounced', 550, '5.1.1', 'hard', 'in_band', 'User unknown', 'No such user here', true),
    ('account_disabled', 'bounced', 550, '5.2.1', 'hard', 'in_band', 'Account disabled', 'Account is disabled', true),
    ('blocked', 'bounced', 554, '5.7.1', 'block', 'in_band', 'Refused', 'Message refused by policy', true),
    ('late_unknown', 'bounced', 550, '5.1.1', 'hard', 'out_of_band', 'User unknown', 'No user behind forward', true),
    ('late_full', 'bounced', 552, '5.2.2', 'soft', 'out_of_band', 'Mailbox full', 'Storage quota exceeded', true)
) AS answer (answer, kind, smtp_code, enhanced_status, bounce_type, phase, reason, words, is_reached);
