"""Sendlog's own event log, as CSV or NDJSON: the columns of docs/event-log.md, which any system can write."""

from pathlib import Path

from data.errors import LogRefusedError
from data.held import hold
from data.intake import LogFile
from data.log_head import Head
from data.readers.reader import ZONE_ASSUMED, Limits, Options, Reading
from data.records import RecordSource, stage_objects, stage_rows
from data.sentences import Sentence
from data.statements import Cursor, scalar
from data.tables import header_of

REQUIRED = ("kind", "event_time", "message_id", "recipient", "delivery_id")
OPTIONAL = (
    "event_id", "delivery_label", "attempt", "smtp_code", "enhanced_status", "bounce_type", "phase", "reason",
    "diagnostic", "url", "expires_at", "queued_at", "test_profile",
)  # fmt: skip
_SQL = Path(__file__).parent / "sql"


class EventCsv:
    """Rows under a header that names the canonical columns, in any order; further columns are left alone."""

    name = "events-csv"
    label = "Sendlog event CSV"
    validity_hours = 120.0
    ceiling_hours: float | None = None
    tells_engagement = True
    limits = Limits()
    schema: Path | None = None
    family = name

    def detects(self, head: Head) -> bool:
        """True where the first line names all required columns."""
        return set(REQUIRED) <= {name.lower() for name in header_of(head).names}

    def stage(self, cursor: Cursor, log: LogFile, source_id: int, options: Options) -> Reading:
        """Stage one event per row."""
        header = header_of(log.head)
        missing = set(REQUIRED) - {name.lower() for name in header.names}
        if missing:
            lacking = ", ".join(name for name in REQUIRED if name in missing)
            raise LogRefusedError(
                Sentence(
                    "{name} lacks the column {lacking}; an event CSV needs {needed}.",
                    name=log.name,
                    lacking=lacking,
                    needed=", ".join(REQUIRED),
                )
            )

        def stage(source: RecordSource) -> int:
            parameters = _declared(source_id, options) | source.parameters()
            return hold(cursor, "staged_event", _SQL, "event_csv", **parameters)

        records = stage_rows(cursor, log, header.delimiter, header.columns(_column), stage)
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
    limits = Limits()
    schema: Path | None = None

    family = name

    def detects(self, head: Head) -> bool:
        """True where the first line is an object with all required keys."""
        return bool(head.objects) and set(REQUIRED) <= set(head.objects[0])

    def stage(self, cursor: Cursor, log: LogFile, source_id: int, options: Options) -> Reading:
        """Stage one event per line."""
        records = stage_objects(cursor, log, dict.fromkeys(REQUIRED + OPTIONAL, "VARCHAR"))
        hold(cursor, "staged_event", _SQL, "event_ndjson", **_declared(source_id, options))
        return _reading(cursor, records, log.lines_before)

    def forget(self, cursor: Cursor, source_id: int) -> None:
        """Nothing is kept beside the events."""


def _column(name: str) -> str | None:
    """The canonical column that a heading names."""
    return name.lower() if name.lower() in REQUIRED + OPTIONAL else None


def _declared(source_id: int, options: Options) -> dict[str, object]:
    zone = {"timezone": options.timezone or "UTC", "zone_declared": options.timezone is not None}
    return {"source_id": source_id, "declared_label": options.delivery, **zone}


def _reading(cursor: Cursor, records: int, lines_before: int) -> Reading:
    assumed = scalar(
        cursor, "SELECT coalesce(bool_or(time_assumed AND reject_reason IS NULL), false) FROM staged_event"
    )
    return Reading(records, notes=(ZONE_ASSUMED,) if assumed else (), lines_before=lines_before, tells_once=True)
