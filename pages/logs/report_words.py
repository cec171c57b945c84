"""An import report in words."""

from collections.abc import Mapping
from datetime import datetime

from data.report import ImportReport
from pages.i18n.formats import moment_text
from pages.i18n.told import told
from pages.i18n.words import phrase, words

_MEANINGS = {
    "duplicates": phrase("Duplicates tell only what was known already; they change nothing."),
    "ignored": phrase("Ignored records are sound, but no part of a send."),
    "contradictions": phrase(
        "A contradiction is an event that cannot follow what was told before, such as a delivery after a hard bounce. "
        "It is kept and changes no number."
    ),
    "unknown": phrase(
        "Unknown events are of a kind that Sendlog does not know. They are kept; a message named only by them counts "
        "in To deliver."
    ),
}

# Core messages name options as on the command line.
_OPTIONS = {
    "--efs yes": phrase("Email Feedback Service: Yes"),
    "--efs no": phrase("Email Feedback Service: No"),
    "--timezone": phrase("the option Time zone"),
    "--delivery": phrase("the option Delivery label"),
    "--format": phrase("the option Format"),
    "--mapping": phrase("the button below"),
    "--year": phrase("the option Year"),
    "--gap": phrase("the option Postfix pause"),
    "--validity": phrase("the option Validity period"),
}


def in_words_of_the_page(message: str) -> str:
    """A message of the core in the language spoken, with the options named as on the page."""
    return _with_options_of_the_page(told(message))


def message_text(message: str, name: str) -> str:
    """A message about a file of that name; where it begins with the name, that is left as it is."""
    text = told(message)
    begins = name if text.startswith(name) else ""
    return begins + _with_options_of_the_page(text.removeprefix(begins))


def period_text(first_time: datetime | None, observed_until: datetime | None) -> str:
    """From when to when a file speaks."""
    if first_time is None or observed_until is None:
        return words("No times")
    return words("{first} to {last}", first=moment_text(first_time), last=moment_text(observed_until))


def equation_text(counts: Mapping[str, int]) -> str:
    """What became of the records; the parts make up the whole."""
    return words(
        "{records} records = {used} used + {duplicates} duplicates + {rejected} rejected + {ignored} ignored",
        **{name: counts[name] for name in ("records", "used", "duplicates", "rejected", "ignored")},
    )


def findings_text(counts: Mapping[str, int]) -> str:
    """How many events are new, and how many of them are odd."""
    return words(
        "Events: {events}, contradictions: {contradictions}, unknown: {unknown}",
        **{name: counts[name] for name in ("events", "contradictions", "unknown")},
    )


def meanings_text(report: ImportReport) -> str:
    """What the counts of a report mean, of those that are not 0 and that are not told beside it as data quality."""
    names = ["ignored"] if report.quality else _MEANINGS
    return " ".join(words(_MEANINGS[name]) for name in names if getattr(report, name))


def _with_options_of_the_page(text: str) -> str:
    for option, named in _OPTIONS.items():
        text = text.replace(option, words(named))
    return text
