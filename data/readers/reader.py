"""The contract of a log reader. How to add one: docs/adding-a-log-format.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Protocol

from data.events import Kind
from data.intake import LogFile
from data.log_head import Head
from data.mapping.mapping import LogMapping
from data.sentences import Sentence
from data.statements import Cursor


@dataclass(frozen=True)
class Options:
    """What the analyst declares about a file; None where nothing was said."""

    timezone: str | None = None
    """IANA name of the zone that local times in the file are in."""
    year: int | None = None
    """Year of the file's first line, for time formats that name none."""
    efs: bool | None = None
    """Whether the sending instance measured with the Email Feedback Service."""
    delivery: str | None = None
    """Label of the delivery, and its id where the log names none."""
    validity_hours: float | None = None
    gap_minutes: float | None = None
    """Pause without a new message after which a sender's next one starts a new delivery."""
    meanings: Mapping[str, Kind] = field(default_factory=dict)
    """What words of the file mean that Sendlog does not know."""
    mapping: LogMapping | None = None
    """What the columns and values of a file mean that is of no known format."""


@dataclass(frozen=True)
class Reading:
    """What a reader found in a file, beside the rows that it staged."""

    records: int
    """Lines, rows or objects of the input, rejected and ignored ones included."""
    first_time: datetime | None = None
    observed_until: datetime | None = None
    """Last moment that the file speaks of (UTC), if that is not simply its last event."""
    notes: tuple[Sentence, ...] = field(default=())
    """Sentences for the import report: what was assumed, what is missing."""
    lines_before: int = 0
    """Lines before the first staged row, where the staged rows are the file's in its order and name no lines."""
    tells_once: bool = False
    """Whether every record is one row of staged_event, so that lines need not be counted apart."""


ZONE_ASSUMED = Sentence("Its times name no zone and were read as UTC; import it with --timezone if they are local.")
"""The note on a file whose times name no zone."""


@dataclass(frozen=True)
class Limits:
    """What no log of a format can tell, whatever the file. What the file itself shows needs no word here."""

    tells_course: bool = True
    """Not so where a file is a snapshot: every message with its last status, and what was before is gone."""
    names_deliveries: bool = True
    """Not so where Sendlog groups the messages into deliveries."""
    is_called_after_file: bool = False
    """Whether the messages of a file that names no delivery are one, under the name of the file."""
    tells_years: bool = True
    """Not so where times may be written without their year."""
    tells_late_bounces: bool = True
    """Not so where a bounce that comes after the acceptance leaves no trace that names its message."""
    leaves_efs_open: bool = False
    """Whether the file does not say if the instance measured with the Email Feedback Service."""
    engagement_log: str | None = None
    """The log of the same system that tells of opens and clicks, where this one cannot: a noun phrase."""


class Reader(Protocol):
    """Turns the records of one log format into canonical events, in SQL.

    `stage` fills the temporary tables of data/sql/staged_event.sql and staging.sql. A *direct* reader stages the events
    of this file alone, and is given a long one in parts, one after the other. A *deriving* reader keeps the records in
    a table of its own and stages every event of whatever the file's records have a part in, listing those records of
    all sources in staged_again; so the order of files is immaterial.
    """

    @property
    def name(self) -> str:
        """The word for --format, and in JSON."""

    @property
    def label(self) -> str:
        """The name on screen."""

    @property
    def validity_hours(self) -> float:
        """Default validity period of the sending system."""

    @property
    def ceiling_hours(self) -> float | None:
        """Longest validity period that the system honours."""

    @property
    def tells_engagement(self) -> bool:
        """Whether such a log can tell of opens and clicks."""

    @property
    def limits(self) -> Limits:
        """What no such log can tell."""

    @property
    def schema(self) -> Path | None:
        """SQL that creates the reader's own tables if they are missing (deriving readers)."""

    @property
    def family(self) -> str:
        """The name of the formats whose records name the same messages; most are alone."""

    def detects(self, head: Head) -> bool:
        """Say from the first bytes whether this is such a log. Cheap, and never true for another reader's file."""

    def stage(self, cursor: Cursor, log: LogFile, source_id: int, options: Options) -> Reading:
        """Fill the staging tables from the file. Raises LogRefusedError where the file as a whole cannot be used."""

    def forget(self, cursor: Cursor, source_id: int) -> None:
        """Drop what is kept of a source, and stage anew whatever its records had a part in (deriving readers)."""
