"""The words of Adobe Campaign's exports: headings, statuses, failure types and reasons.

Everything is compared as plain words: lower case, without accents, spaces and punctuation.
"""

import unicodedata


def plain(text: str) -> str:
    """A text as it is compared: letters and digits only, without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    return "".join(letter for letter in decomposed.lower() if letter.isalnum())


# Column -> its headings in English, German, French and Swedish, then the technical names.
HEADINGS: dict[str, tuple[str, ...]] = {
    "changed_at": ("Date", "Datum", "Date de l'événement", "Händelsedatum", "eventDate"),
    "status": ("Status", "Statut"),
    "address": ("Address", "Adresse", "Adress"),
    "reason": ("Nature of failure", "Art des Fehlschlagens", "Nature de l'échec", "Feltyp", "failureReason"),
    "diagnostic": ("Reason", "Grund", "Raison", "Motif", "Orsak", "Anledning"),
    "failure_type": (
        "Failure type", "Type of failure", "Fehlertyp", "Typ des Fehlschlagens", "Type de l'échec", "Type d'échec",
        "Typ av fel",
    ),
    "test_profile": ("Test profile", "Testprofil", "Profil de test"),
    "log_id": (
        "Delivery log ID", "Sending log ID", "Versandlog-ID", "ID des Versandlogs", "ID du log de diffusion",
        "ID de log de diffusion", "Sändningslogg-ID", "Leveranslogg-ID", "ID", "broadLog-id",
    ),
    "delivery_id": ("Delivery ID", "Versand-ID", "ID de la diffusion", "Leverans-ID"),
    "delivery_label": (
        "Delivery label", "Delivery", "Versandbezeichnung", "Versand", "Libellé de la diffusion", "Diffusion",
        "Leveransetikett", "Leverans",
    ),
    "contact_at": ("Contact date", "Kontaktdatum", "Date de contact"),
    "modified_at": (
        "Last modified", "Last modification date", "Letzte Änderung", "Zuletzt geändert", "Dernière modification",
        "Senast ändrad",
    ),
}  # fmt: skip

# Status -> its labels; the documented codes among them. What is not here is asked for, not guessed.
STATUSES: dict[str, tuple[str, ...]] = {
    "sent": ("1", "Sent", "Gesendet", "Envoyé", "Envoyés", "Envoyée", "Skickat", "Skickad", "Skickade"),
    "failed": ("2", "Failed", "Fehlgeschlagen", "En échec", "Échec", "Misslyckades", "Misslyckad", "Misslyckat"),
    "pending": ("6", "Pending", "Ausstehend", "En attente", "Väntande"),
    "cancelled": (
        "7", "Canceled", "Cancelled", "Delivery canceled", "Delivery cancelled", "Not applicable",
        "Versand abgebrochen", "Abgebrochen", "Diffusion annulée", "Annulé", "Leveransen har avbrutits", "Avbruten",
    ),
    "ignored": ("Ignored", "Ignoriert", "Ignoré", "Ignorés", "Ignorerad"),
    "taken": (
        "Taken into account by the service provider", "Taken into account", "Sent to the service provider",
        "Vom Dienstleister berücksichtigt", "Pris en compte par le prestataire", "Envoyé au prestataire",
    ),
    "received": ("Received on mobile", "Received on the mobile", "Received on the mobile phone"),
    "prepared": ("Prepared", "Vorbereitet", "Préparé"),
}  # fmt: skip

# Failure type -> its labels. A type that is not defined is no type: the reason's own then counts.
TYPES: dict[str, tuple[str, ...]] = {
    "soft": ("1", "Soft", "Soft (Softbounce)", "Softbounce", "Mjuk"),
    "hard": ("2", "Hard", "Hard (Hardbounce)", "Hardbounce", "Hård"),
    "ignored": ("3", "Ignored", "Ignoriert", "Ignoré", "Ignorerad"),
    "none": ("0", "Not defined", "Undefined", "Unbestimmt", "Non défini", "Ej definierad"),
}

# Reason, by the name that is stored -> its code and its labels.
REASONS: dict[str, tuple[str, ...]] = {
    "Not defined": ("0", "Undefined", "Unbestimmt", "Non défini", "Ej definierad"),
    "User unknown": ("1", "Unknown user", "Unbekannter Nutzer", "Utilisateur inconnu", "Okänd användare"),
    "Invalid domain": ("2", "Ungültige Domain", "Domaine invalide", "Ogiltig domän"),
    "Unreachable": ("3", "Unerreichbar", "Inatteignable", "Injoignable", "Onåbar"),
    "Account disabled": ("4", "Konto deaktiviert", "Compte désactivé", "Kontot är inaktiverat"),
    "Mailbox full": ("5", "Postfach voll", "Boîte pleine", "Boîte aux lettres pleine", "Postlådan är full"),
    "Not connected": ("6", "Nicht angemeldet", "Non connecté"),
    "Address not specified": ("7", "Adresse nicht angegeben", "Adresse non renseignée"),
    "Address on denylist": (
        "8", "Denylisted", "Denylisted address", "On denylist", "Blacklisted", "Blacklisted address",
        "Address on blacklist", "Adresse auf Blockierungsliste", "Adresse auf Blacklist", "Adresse en liste bloquée",
        "Adresse en liste noire", "Blocklistad adress", "Svartlistad adress",
    ),
    "Quarantined address": (
        "9", "Address in quarantine", "In quarantine", "Adresse in Quarantäne", "Adresse en quarantaine",
        "Adress i karantän",
    ),
    "Duplicate": ("10", "Double", "Duplikat", "Dublette", "Doublon"),
    "Excluded by a SQL rule": ("11",),
    "Excluded by pressure rule": ("12", "Excluded by a pressure rule"),
    "Bad-quality address": ("14", "Bad quality address"),
    "Unqualified address": ("15",),
    "Not eligible for the offers": ("16",),
    "Target limited in size": ("17",),
    "Refused": ("20", "Zurückgewiesen", "Abgelehnt", "Zurückgewiesen (Abgelehnt)", "Refusé", "Refusée", "Avvisad"),
    "Error ignored": ("25", "Ignored error", "Fehler ignoriert", "Erreur ignorée"),
    "Control group": ("127", "Kontrollgruppe", "Groupe témoin", "Groupe de contrôle", "Kontrollgrupp"),
    "Delivery canceled": ("Delivery cancelled", "Versand abgebrochen", "Leveransen har avbrutits"),
    "Expired": ("Abgelaufen", "Expiré", "Utgången"),
    "Text too long": (),
    "Character not supported": (),
}  # fmt: skip

# Reason -> the type that it always has. The others are hard or soft as the case may be, so theirs is undetermined.
TYPE_OF_REASON = {
    "User unknown": "hard",
    "Address not specified": "hard",
    "Address on denylist": "hard",
    "Quarantined address": "hard",
    "Invalid domain": "soft",
    "Mailbox full": "soft",
}

YES: dict[str, tuple[str, ...]] = {"yes": ("1", "Yes", "True", "Ja", "Oui", "Vrai", "Wahr")}


def by_spelling(table: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Plain spelling -> meaning, the meaning's own name included."""
    return {plain(spelling): meaning for meaning, spellings in table.items() for spelling in (meaning, *spellings)}


COLUMN_NAMED = by_spelling(HEADINGS)
STATUS_NAMED = by_spelling(STATUSES)

# What the cells of a column mean, by their plain spelling.
MEANINGS = {
    "status": STATUS_NAMED,
    "failure_type": by_spelling(TYPES),
    "reason": by_spelling(REASONS),
    "test_profile": by_spelling(YES),
}
