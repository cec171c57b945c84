"""The readers that Sendlog has. Adding a format is one line here."""

from data.errors import LogRefusedError
from data.intake import LogFile
from data.readers.campaign import Campaign
from data.readers.events import EventCsv, EventNdjson
from data.readers.postfix import Postfix
from data.readers.reader import Reader
from data.readers.sendgrid import SENDGRID

READERS: tuple[Reader, ...] = (EventCsv(), EventNdjson(), Postfix(), Campaign(), SENDGRID)


def reader_named(name: str) -> Reader:
    """The reader of a format by its name. Raises LogRefusedError where there is none."""
    for reader in READERS:
        if reader.name == name:
            return reader
    raise LogRefusedError(f"There is no format {name}; known are {', '.join(reader.name for reader in READERS)}.")


def reader_for(log: LogFile) -> Reader:
    """The reader that recognises a file by its content. Raises LogRefusedError where none does."""
    if not log.head.is_binary:
        for reader in READERS:
            if reader.detects(log.head):
                return reader
    nature = "is not text" if log.head.is_binary else "is no log that Sendlog recognises"
    formats = ", ".join(reader.label for reader in READERS)
    raise LogRefusedError(f"{log.name} {nature}; it reads: {formats}. If it is one of these, name the format.")
