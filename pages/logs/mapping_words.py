"""The words of the mapping on screen."""

from collections import Counter

from data.events import Kind
from data.mapping.mapping import IGNORED, MEANINGS, LogMapping
from data.mapping.sample import Sample
from pages.i18n.formats import count_text

FIELD_WORDS = {
    "recipient": ("Recipient", "The address that the message went to."),
    "event_time": ("Time", "When what the status says happened."),
    "kind": ("Status", "What happened. Columns with more than 50 values are not offered."),
    "message_id": ("Message id", "Without one, the recipient names the message within its delivery."),
    "delivery_id": ("Delivery", "Without one, all messages are of one delivery, named by the option Delivery label."),
    "delivery_label": ("Name of the delivery", "Where the delivery's column is an id."),
    "event_id": ("Event id", "An event with an id is stored once however often it arrives."),
    "reason": ("Reason", "The short name of why a message failed."),
    "diagnostic": ("Diagnostic", "The text of the receiving server's reply."),
    "smtp_code": ("SMTP code", "Such as 550."),
    "enhanced_status": ("Enhanced status", "Such as 5.1.1."),
    "bounce_type": ("Bounce type", "Hard, soft or block, as the source says."),
    "url": ("Link", "The address of the page that was clicked."),
    "queued_at": ("Relayed at", "When the mail server took the message, where no row of its own tells it."),
    "expires_at": ("Validity end", "When the sending system gives the message up."),
    "test_profile": ("Test profile", "Yes, true or 1 for messages outside To deliver."),
}
"""Label and help of each field."""

_MEANINGS = {
    Kind.TARGETED: "Targeted: prepared, not yet sent",
    Kind.REJECTED: "Rejected: refused before any attempt",
    Kind.RELAYED: "Relayed: taken by the mail server",
    Kind.DEFERRED: "Deferred: failed for now, retried (soft bounce)",
    Kind.DELIVERED: "Delivered: accepted by the receiving server",
    Kind.BOUNCED: "Bounced: failed for good (hard bounce)",
    Kind.EXPIRED: "Expired: failed when the retries ended",
    Kind.FAILED: "Failed: the sending system broke",
    Kind.CANCELLED: "Cancelled by an operator",
    Kind.UNKNOWN: "Unknown: kept and counted",
    IGNORED: "Ignored: no part of a send",
}
_NOT_MAPPED = "not mapped"
_DIRECTIVES = {
    "%d": "DD", "%m": "MM", "%Y": "YYYY", "%H": "hh", "%I": "hh", "%M": "mm", "%S": "ss", "%p": "AM/PM", "%b": "Mon",
    "%B": "Month",
}  # fmt: skip


def meaning_word(meaning: str) -> str:
    """What a value means, in a few words."""
    return _MEANINGS.get(meaning, meaning.capitalize())


def format_word(time_format: str | None) -> str:
    """How times are written, with letters in the place of their parts."""
    if time_format is None:
        return "ISO 8601 or Unix time"
    for directive, letters in _DIRECTIVES.items():
        time_format = time_format.replace(directive, letters)
    return time_format


def in_words(sample: Sample, mapping: LogMapping) -> str:
    """What the sample becomes by the mapping: 5,000 rows: 4,800 delivered, 150 bounced, 50 not mapped."""
    counts = _counts(sample, mapping)
    told = [f"{count_text(counts[meaning])} {meaning}" for meaning in (*MEANINGS, _NOT_MAPPED) if counts[meaning]]
    rows = f"{'' if sample.is_whole else 'The first '}{count_text(sample.rows)} {'row' if sample.rows == 1 else 'rows'}"
    return f"{rows}: {', '.join(told) or 'nothing yet'}{_without_address(sample, mapping)}"


def lacking(mapping: LogMapping) -> str:
    """What is to be chosen before the mapping can be used; empty where nothing is."""
    columns = mapping.columns
    if "recipient" not in columns:
        return "Choose the column of the recipient."
    if ("event_time" in columns) != ("kind" in columns):
        return f"Choose the {'status' if 'event_time' in columns else 'time'} as well."
    if "kind" not in columns and not mapping.times:
        return "Choose the time and the status, or the columns with a time of their own."
    return ""


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
    which = "1 names" if missing == 1 else f"{count_text(missing)} name"
    return f"; {which} no recipient and will be rejected" if missing else ""
