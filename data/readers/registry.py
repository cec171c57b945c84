"""The readers that Sendlog has. Adding a format is one line here."""

from data.errors import LogRefusedError, LogUnrecognisedError
from data.intake import LogFile
from data.mapping.columns import columns_of
from data.mapping.mapped import MAPPED
from data.readers.ajo import AJO, AJO_CSV
from data.readers.brevo import BREVO
from data.readers.campaign import Campaign
from data.readers.campaign_tracking import CAMPAIGN_TRACKING
from data.readers.events import EventCsv, EventNdjson
from data.readers.kumomta import KUMOMTA
from data.readers.mailgun import MAILGUN
from data.readers.mandrill import MANDRILL
from data.readers.momentum import MOMENTUM
from data.readers.postfix import Postfix
from data.readers.postmark import POSTMARK
from data.readers.powermta import POWERMTA
from data.readers.reader import Reader
from data.readers.sendgrid import SENDGRID
from data.readers.ses import SES
from data.readers.sparkpost import SPARKPOST, SPARKPOST_CSV
from data.readers.xdm_campaign import XDM_CAMPAIGN
from data.sentences import Sentence

READERS: tuple[Reader, ...] = (
    EventCsv(),
    EventNdjson(),
    Postfix(),
    Campaign(),
    SENDGRID,
    SPARKPOST,
    SPARKPOST_CSV,
    MOMENTUM,
    AJO,
    AJO_CSV,
    CAMPAIGN_TRACKING,
    XDM_CAMPAIGN,
    MAILGUN,
    POSTMARK,
    MANDRILL,
    BREVO,
    POWERMTA,
    KUMOMTA,
    SES,
)
FORMATS: tuple[Reader, ...] = (*READERS, MAPPED)
"""All that a source can be of, the one that recognises nothing by itself included."""


def _packed(name: str) -> Sentence:
    return Sentence(
        "{name} is packed in a way that is not read; unpack it, or pack it as .zip, .gz or .zst.", name=name
    )


def _web_page(name: str) -> Sentence:
    return Sentence("{name} is a web page, perhaps a sign-in page, and no log; export the log again.", name=name)


def _pdf(name: str) -> Sentence:
    return Sentence("{name} is a PDF, and no log; export the log as text, CSV or JSON.", name=name)


_NATURES = {
    "%pdf": _pdf,
    "<!doctype html": _web_page,
    "<html": _web_page,
    "bzh": _packed,
    "\ufffd7zxz": _packed,
    "7z\ufffd": _packed,
    "rar!": _packed,
}
"""How files begin that are no logs, and what to say of one by its name."""


def reader_named(name: str) -> Reader:
    """The reader of a format by its name. Raises LogRefusedError where there is none."""
    for reader in FORMATS:
        if reader.name == name:
            return reader
    known = ", ".join(reader.name for reader in READERS)
    raise LogRefusedError(Sentence("There is no format {format}; known are {known}.", format=name, known=known))


def recognised_reader(log: LogFile) -> Reader | None:
    """The reader that recognises a file by its content, or None."""
    if log.head.is_binary:
        return None
    return next((reader for reader in READERS if reader.detects(log.head)), None)


def reader_for(log: LogFile) -> Reader:
    """The reader that recognises a file by its content. Raises LogUnrecognisedError where none does."""
    if reader := recognised_reader(log):
        return reader
    columns = columns_of(log.head)
    raise LogUnrecognisedError(_nature(log, is_table=bool(columns)), columns)


def _nature(log: LogFile, *, is_table: bool) -> Sentence:
    """What a file is that is no log, and what to do instead."""
    begins = log.head.text[:300].lstrip("\ufeff \r\n\t").lower()
    for start, told in _NATURES.items():
        if begins.startswith(start):
            return told(log.name)
    if log.head.is_binary:
        return Sentence("{name} is not text; export the log as text, CSV, JSON or Parquet.", name=log.name)
    if is_table:
        return Sentence(
            "{name} is no log that Sendlog recognises; if it is of a format that can be read, name that with --format, "
            "or say with --mapping what its columns mean.",
            name=log.name,
        )
    return Sentence(
        "{name} is no log that Sendlog recognises; if it is of a format that can be read, name that with --format.",
        name=log.name,
    )
