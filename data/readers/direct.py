"""What direct readers have in common: a file's events are told by that file alone, but for what joins them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data.errors import LogRefusedError
from data.intake import LogFile
from data.joining import unnamed_delivery
from data.log_head import Head
from data.readers.reader import ZONE_ASSUMED, Limits, Options, Reading
from data.records import stage_objects, stage_table
from data.sentences import Sentence
from data.statements import Cursor, run, scalar
from data.tables import header_of
from data.telling import stage_told

_SQL = Path(__file__).parent / "sql"
_ASSUMED = "SELECT coalesce(bool_or(time_assumed AND reject_reason IS NULL), false) FROM staged_event"


@dataclass(frozen=True, kw_only=True)
class DirectReader:
    """A format whose sql/<name>.sql makes the view `told_event` (data/telling.py) of the relation `record`.

    getvariable('delivery') is there the delivery of a record that names none.
    """

    name: str
    label: str
    validity_hours: float
    tells_engagement: bool
    joins: bool = False
    """Whether events that do not name their message wholly are joined with what other records tell."""
    shared_family: str | None = None
    macros: str | None = None
    """The file in sql/ with what several readers of a system have in common."""
    tells_once: bool = True
    """Whether every record is one row of told_event."""
    limits: Limits = field(default_factory=Limits)
    ceiling_hours: float | None = None
    schema: Path | None = None

    @property
    def family(self) -> str:
        """The name of the formats that name the same messages."""
        return self.shared_family or self.name

    def forget(self, cursor: Cursor, source_id: int) -> None:
        """Nothing is kept beside the events."""

    def _told(self, cursor: Cursor, source_id: int, options: Options, lines_before: int) -> int:
        cursor.execute("SET VARIABLE delivery = $1", [options.delivery or unnamed_delivery(self.family)])
        if self.macros:
            run(cursor, self.macros, _SQL)
        run(cursor, self.name, _SQL)
        return stage_told(cursor, source_id, options, lines_before, family=self.family, may_be_loose=self.joins)

    def _reading(self, cursor: Cursor, options: Options, records: int, lines_before: int) -> Reading:
        notes = []
        if options.timezone is None and scalar(cursor, _ASSUMED):
            notes.append(ZONE_ASSUMED)
        return Reading(records, notes=tuple(notes), lines_before=lines_before, tells_once=self.tells_once)


@dataclass(frozen=True, kw_only=True)
class JsonReader(DirectReader):
    """Objects, one a line: `record` has line and told, a struct of `shape`, NULL where the line is no object."""

    recognises: Callable[[Mapping[str, Any]], bool]
    """Says of one of the first objects whether it is such a record. It may hold anything."""
    shape: Mapping[str, object] = field(hash=False)
    """The keys that are wanted, as DuckDB's from_json takes them; nested as the objects are."""

    def detects(self, head: Head) -> bool:
        """True where one of the first objects is such a record."""
        return any(self.recognises(told) for told in head.objects)

    def stage(self, cursor: Cursor, log: LogFile, source_id: int, options: Options) -> Reading:
        """Stage the events of every object."""
        records = stage_objects(cursor, log, self.shape)
        self._told(cursor, source_id, options, log.lines_before)
        return self._reading(cursor, options, records, log.lines_before)


@dataclass(frozen=True, kw_only=True)
class TableReader(DirectReader):
    """Rows under a header: `record` has record_line, NULL mostly, and a text for each of `columns`, NULL where missing.

    told_event has a row for every row of `record`, in its order, and record_line::BIGINT as its line.
    """

    columns: Collection[str]
    recognises: Callable[[Collection[str]], bool]
    """Says of the columns of a file whether it is such a log."""
    column_of: Callable[[str], str] = str.lower
    """The column that a heading names."""

    def detects(self, head: Head) -> bool:
        """True where the first line is such a header."""
        return self.recognises([self.column_of(name) for name in header_of(head).names])

    def stage(self, cursor: Cursor, log: LogFile, source_id: int, options: Options) -> Reading:
        """Stage the event of every row. Raises LogRefusedError where the header is not that of such a log."""
        if not self.detects(log.head):
            raise LogRefusedError(
                Sentence(
                    "The first line of {name} does not name the columns of a {label}; name another format.",
                    name=log.name,
                    label=self.label,
                )
            )
        header = header_of(log.head)
        names = header.columns(lambda name: column if (column := self.column_of(name)) in self.columns else None)
        records = stage_table(
            cursor, log, header.delimiter, names, self.columns,
            lambda: self._told(cursor, source_id, options, log.lines_before or 1),
        )  # fmt: skip
        return self._reading(cursor, options, records, log.lines_before or 1)
