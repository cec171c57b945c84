"""Sendlog's own event log, as CSV or NDJSON: the columns of docs/event-log.md, which any system can write."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

from data.errors import LogRefusedError
from data.held import hold
from data.intake import Head, LogFile
from data.readers.reader import Options, Reading
from data.records import RecordSource, stage_lines, stage_rows
from data.store import Cursor, scalar

REQUIRED = ("kind", "event_time", "message_id", "recipient", "delivery_id")
OPTIONAL = (
    "event_id", "delivery_label", "attempt", "smtp_code", "enhanced_status", "bounce_type", "phase", "reason",
    "diagnostic", "url", "expires_at", "queued_at", "test_profile",
)  # fmt: skip
_DELIMITERS = ",;\t"
# Python's csv gives up on longer fields.
_LONGEST_HEADER = 100_000
_HERE = Path(__file__).parent


class EventCsv:
    """Rows under a header that names the canonical columns, in any order; further columns are left alone."""

    name = "events-csv"
    label = "Sendlog event CSV"
    validity_hours = 120.0
    ceiling_hours: float | None = None
    tells_engagement = True
    schema: Path | None = None

    def detects(self, head: Head) -> bool:
        """True where the first line names all required columns."""
        return len(head.first_line) < _LONGEST_HEADER and set(REQUIRED) <= set(_header(head.first_line)[1])

    def stage(self, cursor: Cursor, log: LogFile, source_id: int, options: Options) -> Reading:
        """Stage one event per row."""
        delimiter, names = _header(log.head.first_line)
        missing = [name for name in REQUIRED if name not in names]
        if missing:
            raise LogRefusedError(
                f"{log.name} lacks the column {', '.join(missing)}; an event CSV needs {', '.join(REQUIRED)}."
            )
        stage = _statement(cursor, "event_csv", source_id, options)
        records = stage_rows(cursor, log, delimiter, _columns(names), stage)
        return _reading(cursor, records, log.lines_before or 1)

    def forget(self, cursor: Cursor, source_id: int) -> None:
        """Nothing is kept beside the events."""


class EventNdjson:
    """One JSON object a line, with the canonical columns as its keys."""

    name = "events-ndjson"
    label = "Sendlog event NDJSON"
    validity_hours = EventCsv.validity_hours
    ceiling_hours: float | None = None
    tells_engagement = True
    schema: Path | None = None

    def detects(self, head: Head) -> bool:
        """True where the first line is an object with all required keys."""
        try:
            first = json.loads(head.lines[0]) if head.lines else None
        except (ValueError, RecursionError):  # No JSON, or nested too deep to be a log.
            return False
        return isinstance(first, dict) and set(REQUIRED) <= set(first)

    def stage(self, cursor: Cursor, log: LogFile, source_id: int, options: Options) -> Reading:
        """Stage one event per line."""
        stage = _statement(cursor, "event_ndjson", source_id, options)
        return _reading(cursor, stage_lines(cursor, log, stage), log.lines_before)

    def forget(self, cursor: Cursor, source_id: int) -> None:
        """Nothing is kept beside the events."""


def _header(line: str) -> tuple[str, list[str]]:
    """The delimiter of a header line and its names in lower case."""
    delimiter = max(_DELIMITERS, key=line.count)
    try:
        names = next(csv.reader([line.strip("\r\n")], delimiter=delimiter), [])
    except csv.Error:  # A field longer than any name.
        names = []
    return delimiter, [name.strip().lower() for name in names]


def _columns(names: list[str]) -> list[str]:
    """Unique column names: a name that is unknown or comes again is replaced, so that it is read and left alone."""
    known = set(REQUIRED + OPTIONAL)
    return [
        name if name in known and name not in names[:place] else f"column_{place}" for place, name in enumerate(names)
    ]


def _statement(cursor: Cursor, name: str, source_id: int, options: Options) -> Callable[[RecordSource], int]:
    def stage(source: RecordSource) -> int:
        zone = {"timezone": options.timezone or "UTC", "zone_declared": options.timezone is not None}
        declared = {"source_id": source_id, "declared_label": options.delivery, **zone}
        return hold(cursor, "staged_event", _HERE, name, **declared, **source.parameters())

    return stage


def _reading(cursor: Cursor, records: int, lines_before: int) -> Reading:
    assumed = scalar(
        cursor, "SELECT coalesce(bool_or(time_assumed AND reject_reason IS NULL), false) FROM staged_event"
    )
    note = "Its times name no zone and were read as UTC; import it with --timezone if they are local."
    return Reading(records, notes=(note,) if assumed else (), lines_before=lines_before, tells_once=True)
