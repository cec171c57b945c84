"""An import report in words."""

from collections.abc import Mapping
from datetime import datetime

from data.report import ImportReport
from pages.i18n.formats import count_text, moment_text

_MEANINGS = {
    "duplicates": "Duplicates tell only what was known already; they change nothing.",
    "ignored": "Ignored records are sound, but no part of a send.",
    "contradictions": "A contradiction is an event that cannot follow what was told before, such as a delivery after a "
    "hard bounce. It is kept and changes no number.",
    "unknown": "Unknown events are of a kind that Sendlog does not know. They are kept; a message named only by them "
    "counts in To deliver.",
}

# Core messages name options as on the command line.
_OPTIONS = {
    "--efs yes": "Email Feedback Service: Yes",
    "--efs no": "Email Feedback Service: No",
    "--timezone": "the option Time zone",
    "--delivery": "the option Delivery label",
    "--format": "the option Format",
    "--mapping": "the button below",
    "--year": "the option Year",
    "--gap": "the option Postfix pause",
    "--validity": "the option Validity period",
}


def in_words_of_the_page(message: str) -> str:
    """A message of the core, with the options named as on the page."""
    for option, words in _OPTIONS.items():
        message = message.replace(option, words)
    return message


def period_text(first_time: datetime | None, observed_until: datetime | None) -> str:
    """From when to when a file speaks."""
    if first_time is None or observed_until is None:
        return "No times"
    return f"{moment_text(first_time)} to {moment_text(observed_until)}"


def equation_text(counts: Mapping[str, int]) -> str:
    """What became of the records; the parts make up the whole."""
    parts = [f"{count_text(counts[name])} {name}" for name in ("used", "duplicates", "rejected", "ignored")]
    return f"{count_text(counts['records'])} records = {' + '.join(parts)}"


def findings_text(counts: Mapping[str, int]) -> str:
    """How many events are new, and how many of them are odd."""
    told = [f"{name}: {count_text(counts[name])}" for name in ("contradictions", "unknown")]
    return f"Events: {count_text(counts['events'])}, {', '.join(told)}"


def meanings_text(report: ImportReport) -> str:
    """What the counts of a report mean, of those that are not 0 and that are not told beside it as data quality."""
    names = ["ignored"] if report.quality else _MEANINGS
    return " ".join(_MEANINGS[name] for name in names if getattr(report, name))
