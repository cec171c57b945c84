-- The file: a Campaign "Export list" of the sending logs, German, measured without EFS. Built from: simulated_log_row.
-- Sent says only that the message was relayed: deferrals and acceptances leave no trace.
COPY (
    WITH shown AS (
        SELECT
            * REPLACE (CASE WHEN kind IN ('deferred', 'delivered') THEN NULL ELSE kind END AS kind),
            CASE
                WHEN is_waiting THEN prepared_at
                WHEN kind IS NULL OR kind IN ('deferred', 'delivered') THEN relayed_at
                ELSE event_time
            END AS shown_at
        FROM simulated_log_row
    )
    SELECT
        strftime(shown_at, '%d.%m.%Y %H:%M:%S') AS "Datum",
        CASE
            WHEN is_waiting THEN 'Ausstehend'
            WHEN kind IS NULL THEN 'Gesendet'
            WHEN kind = 'rejected' THEN 'Ignoriert'
            WHEN kind = 'cancelled' THEN 'Versand abgebrochen'
            ELSE 'Fehlgeschlagen'
        END AS "Status",
        recipient AS "Adresse",
        CASE WHEN kind IS NULL THEN 'Unbestimmt' ELSE coalesce(
            map {
                'User unknown': 'Unbekannter Nutzer', 'Account disabled': 'Konto deaktiviert',
                'Mailbox full': 'Postfach voll', 'Unreachable': 'Unerreichbar', 'Refused': 'Zurückgewiesen',
                'Address on denylist': 'Adresse auf Blockierungsliste', 'Control group': 'Kontrollgruppe',
                'Quarantined address': 'Adresse in Quarantäne'}[reason],
            'Unbestimmt') END AS "Art des Fehlschlagens",
        CASE WHEN kind IS NOT NULL THEN diagnostic END AS "Grund",
        CASE
            WHEN kind IS NOT NULL
                THEN map {
                    'Hard': 'Hard (Hardbounce)', 'Soft': 'Soft (Softbounce)', 'Ignored': 'Ignoriert'}[failure_type]
        END AS "Fehlertyp",
        CASE WHEN test_profile THEN 'Ja' ELSE 'Nein' END AS "Testprofil",
        message_id AS "ID des Versandlogs",
        delivery_label_german AS "Versand",
        strftime(contact_at, '%d.%m.%Y %H:%M:%S') AS "Kontaktdatum"
    FROM shown
    ORDER BY shown_at DESC, number
) TO $path (FORMAT csv, HEADER true, DELIMITER ';');
