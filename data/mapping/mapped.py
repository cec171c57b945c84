"""The reader of foreign tables, by the mapping among the options."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from data.errors import LogRefusedError
from data.held import hold, number_lines
from data.intake import LogFile
from data.joining import unnamed_delivery
from data.log_head import Head
from data.mapping.columns import columns_of, pointers_to
from data.mapping.mapping import FIELDS, LogMapping
from data.readers.direct import DirectReader
from data.readers.reader import Options, Reading
from data.records import RecordSource, stage_objects, stage_rows
from data.sentences import Sentence
from data.statements import Cursor, run
from data.tables import header_of
from data.telling import stage_told

_SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True, kw_only=True)
class MappedReader(DirectReader):
    """Rows of any table, or JSON records with the same keys, as the mapping says. It recognises nothing by itself."""

    def detects(self, head: Head) -> bool:  # noqa: ARG002 - the contract's
        """Never: what the columns mean has to be said."""
        return False

    def stage(self, cursor: Cursor, log: LogFile, source_id: int, options: Options) -> Reading:
        """Stage the events of every row. Raises LogRefusedError where the mapping is not one of this file."""
        mapping = options.mapping
        if mapping is None:
            raise LogRefusedError(
                Sentence("{name} needs a mapping that says what its columns mean; see docs/mapping.md.", name=log.name)
            )
        asked = _asked(log, mapping)
        _set_variables(cursor, asked, mapping, options)

        def tell(rows: int) -> int:
            run(cursor, "mapped", _SQL)
            stage_told(cursor, source_id, options, 0, family=self.family, may_be_loose=False)
            return rows

        records = (_stage_objects if log.head.objects else _stage_rows)(cursor, log, asked, tell)
        reading = self._reading(cursor, options, records, log.lines_before)
        return replace(reading, notes=(*_notes(mapping, options), *reading.notes))


MAPPED = MappedReader(
    name="mapped", label="Mapped table", validity_hours=120.0, tells_engagement=True, tells_once=False
)


def _asked(log: LogFile, mapping: LogMapping) -> list[str]:
    """The columns that the mapping asks for, in the order of the file."""
    found = columns_of(log.head)
    if not found:
        raise LogRefusedError(
            Sentence(
                "{name} is no table with a header line and holds no JSON objects; export it as one.", name=log.name
            )
        )
    # A key of JSON records need not be in the first of them.
    missing = [] if log.head.objects else [column for column in mapping.asked if column not in found]
    if missing:
        raise LogRefusedError(
            Sentence(
                "{name} lacks the column {missing}, which the mapping {mapping} names; its columns are {columns}.",
                name=log.name,
                missing=", ".join(missing),
                mapping=mapping.name,
                columns=", ".join(found),
            )
        )
    return sorted(mapping.asked, key=lambda column: found.index(column) if column in found else len(found))


def _set_variables(cursor: Cursor, asked: Sequence[str], mapping: LogMapping, options: Options) -> None:
    place = {column: number for number, column in enumerate(asked, 1)}
    columns = {"message_id": mapping.columns["recipient"]} | dict(mapping.columns)
    words = {word.strip().lower(): meaning for word, meaning in mapping.values.items()}
    run(
        cursor,
        "mapped_variables",
        _SQL,
        places={name: place.get(columns.get(name, ""), 0) for name in FIELDS},
        times=[{"place": place[column], "kind": kind} for column, kind in mapping.times.items()],
        words=list(words),
        meanings=list(words.values()),
        time_format=mapping.time_format,
        timezone=options.timezone or "UTC",
        delivery=options.delivery or unnamed_delivery(mapping.name),
    )


def _stage_rows(cursor: Cursor, log: LogFile, asked: Sequence[str], tell: Callable[[int], int]) -> int:
    header = header_of(log.head)
    places = {header.names.index(column) for column in asked}
    names = [f"{'told' if place in places else 'other'}_{place}" for place in range(len(header.names))]

    def stage(source: RecordSource) -> int:
        rows = hold(cursor, "mapped_row", _SQL, **source.parameters())
        if "record_line" not in source.columns:
            number_lines(cursor, "mapped_row", source.lines_before)
        return tell(rows)

    return stage_rows(cursor, log, header.delimiter, names, stage)


def _stage_objects(cursor: Cursor, log: LogFile, asked: Sequence[str], tell: Callable[[int], int]) -> int:
    records = stage_objects(cursor, log, "JSON")
    tell(hold(cursor, "mapped_row", _SQL, "mapped_object", pointers=pointers_to(log.head, asked)))
    return records


def _notes(mapping: LogMapping, options: Options) -> list[Sentence]:
    notes = [Sentence("Read by the mapping {mapping}.", mapping=mapping.name)]
    if "delivery_id" not in mapping.columns and options.delivery is None:
        notes.append(
            Sentence("It names no deliveries, so all messages are of one; name that of each file with --delivery.")
        )
    return notes
