"""The words of the mapping on screen."""

from collections import Counter

from data.events import Kind
from data.mapping.mapping import IGNORED, MEANINGS, LogMapping
from data.mapping.sample import Sample
from pages.i18n.terms import kind_text
from pages.i18n.words import phrase, plural, words

FIELD_WORDS = {
    "recipient": (phrase("Recipient"), phrase("The address that the message went to.")),
    "event_time": (phrase("Time"), phrase("When what the status says happened.")),
    "kind": (phrase("Status"), phrase("What happened. Columns with more than 50 values are not offered.")),
    "message_id": (phrase("Message id"), phrase("Without one, the recipient names the message within its delivery.")),
    "delivery_id": (
        phrase("Delivery"),
        phrase("Without one, all messages are of one delivery, named by the option Delivery label."),
    ),
    "delivery_label": (phrase("Name of the delivery"), phrase("Where the delivery's column is an id.")),
    "event_id": (phrase("Event id"), phrase("An event with an id is stored once however often it arrives.")),
    "reason": (phrase("Reason"), phrase("The short name of why a message failed.")),
    "diagnostic": (phrase("Diagnostic"), phrase("The text of the receiving server's reply.")),
    "smtp_code": (phrase("SMTP code"), phrase("Such as 550.")),
    "enhanced_status": (phrase("Enhanced status"), phrase("Such as 5.1.1.")),
    "bounce_type": (phrase("Bounce type"), phrase("Hard, soft or block, as the source says.")),
    "url": (phrase("Link"), phrase("The address of the page that was clicked.")),
    "queued_at": (
        phrase("Relayed at"),
        phrase("When the mail server took the message, where no row of its own tells it."),
    ),
    "expires_at": (phrase("Validity end"), phrase("When the sending system gives the message up.")),
    "test_profile": (phrase("Test profile"), phrase("Yes, true or 1 for messages outside To deliver.")),
}
"""Label and help of each field."""

_MEANINGS = {
    Kind.TARGETED: phrase("Targeted: prepared, not yet sent"),
    Kind.REJECTED: phrase("Rejected: refused before any attempt"),
    Kind.RELAYED: phrase("Relayed: taken by the mail server"),
    Kind.DEFERRED: phrase("Deferred: failed for now, retried (soft bounce)"),
    Kind.DELIVERED: phrase("Delivered: accepted by the receiving server"),
    Kind.BOUNCED: phrase("Bounced: failed for good (hard bounce)"),
    Kind.EXPIRED: phrase("Expired: failed when the retries ended"),
    Kind.FAILED: phrase("Failed: the sending system broke"),
    Kind.CANCELLED: phrase("Cancelled by an operator"),
    Kind.UNKNOWN: phrase("Unknown: kept and counted"),
    IGNORED: phrase("Ignored: no part of a send"),
}
_NOT_MAPPED = "not mapped"
_COUNTED = {
    Kind.TARGETED: phrase("{count} targeted"),
    Kind.REJECTED: phrase("{count} rejected"),
    Kind.RELAYED: phrase("{count} relayed"),
    Kind.DEFERRED: phrase("{count} deferred"),
    Kind.DELIVERED: phrase("{count} delivered"),
    Kind.BOUNCED: phrase("{count} bounced"),
    Kind.EXPIRED: phrase("{count} expired"),
    Kind.FAILED: phrase("{count} failed"),
    Kind.CANCELLED: phrase("{count} cancelled"),
    Kind.OPENED: phrase("{count} opened"),
    Kind.CLICKED: phrase("{count} clicked"),
    Kind.UNSUBSCRIBED: phrase("{count} unsubscribed"),
    Kind.SUBSCRIBED: phrase("{count} subscribed"),
    Kind.COMPLAINED: phrase("{count} complained"),
    Kind.AUTORESPONDED: phrase("{count} autoresponded"),
    Kind.UNKNOWN: phrase("{count} unknown"),
    IGNORED: phrase("{count} ignored"),
    _NOT_MAPPED: phrase("{count} not mapped"),
}
_DIRECTIVES = {
    "%d": "DD", "%m": "MM", "%Y": "YYYY", "%H": "hh", "%I": "hh", "%M": "mm", "%S": "ss", "%p": "AM/PM", "%b": "Mon",
    "%B": "Month",
}  # fmt: skip


def meaning_word(meaning: str) -> str:
    """What a value means, in a few words."""
    return words(_MEANINGS[meaning]) if meaning in _MEANINGS else kind_text(meaning)


def meaning_words() -> dict[str, str]:
    """All meanings, each in a few words."""
    return {meaning: meaning_word(meaning) for meaning in MEANINGS}


def format_word(time_format: str | None) -> str:
    """How times are written, with letters in the place of their parts."""
    if time_format is None:
        return words("ISO 8601 or Unix time")
    for directive, letters in _DIRECTIVES.items():
        time_format = time_format.replace(directive, letters)
    return time_format


def in_words(sample: Sample, mapping: LogMapping) -> str:
    """What the sample becomes by the mapping: 5,000 rows: 4,800 delivered, 150 bounced, 50 not mapped."""
    counts = _counts(sample, mapping)
    told = [words(_COUNTED[meaning], count=counts[meaning]) for meaning in (*MEANINGS, _NOT_MAPPED) if counts[meaning]]
    return f"{_rows(sample)}: {', '.join(told) or words('nothing yet')}{_without_address(sample, mapping)}"


def lacking(mapping: LogMapping) -> str:
    """What is to be chosen before the mapping can be used; empty where nothing is."""
    columns = mapping.columns
    if "recipient" not in columns:
        return words("Choose the column of the recipient.")
    if ("event_time" in columns) != ("kind" in columns):
        return words("Choose the status as well.") if "event_time" in columns else words("Choose the time as well.")
    if "kind" not in columns and not mapping.times:
        return words("Choose the time and the status, or the columns with a time of their own.")
    return ""


def _rows(sample: Sample) -> str:
    if sample.is_whole:
        return plural("{count} row", "{count} rows", sample.rows)
    return plural("The first row", "The first {count} rows", sample.rows)


def _counts(sample: Sample, mapping: LogMapping) -> Counter[str]:
    counts: Counter[str] = Counter()
    status = sample.column(mapping.columns.get("kind"))
    for word, rows in status.counts.items() if status else ():
        counts[mapping.values.get(word, _NOT_MAPPED)] += rows
    for name, kind in mapping.times.items():
        column = sample.column(name)
        counts[kind] += column.filled if column else 0
    return counts


def _without_address(sample: Sample, mapping: LogMapping) -> str:
    recipient = sample.column(mapping.columns.get("recipient"))
    missing = sample.rows - recipient.filled if recipient else 0
    told = plural(
        "{count} names no recipient and will be rejected", "{count} name no recipient and will be rejected", missing
    )
    return f"; {told}" if missing else ""
