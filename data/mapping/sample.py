"""A look into a foreign table: its columns, what stands in them, and its first rows."""

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from data.errors import LogUnreadableError
from data.held import hold
from data.intake import LogFile, opened_log
from data.json_lines import in_lines
from data.mapping.columns import columns_of, pointers_to
from data.mending import MAX_LINE_BYTES
from data.settings import temporary_directory
from data.statements import Cursor, run
from data.store import Store
from data.tables import header_of

SAMPLED_ROWS = 50_000
_SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True)
class Column:
    """A column of a table, as far as its first rows show it."""

    name: str
    filled: int
    """Rows in which it is not empty."""
    distinct: int
    counts: dict[str, int]
    """The most frequent values, without blanks around them, with their rows; an empty one counts as a value."""


@dataclass(frozen=True)
class Sample:
    """The first rows of a table."""

    columns: tuple[Column, ...]
    rows: int
    is_whole: bool
    """Whether these are all rows of the file."""
    first_rows: pd.DataFrame
    """A few rows by column name, with addresses masked."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str | None) -> Column | None:
        """A column by its name."""
        return next((column for column in self.columns if column.name == name), None)


def sample_of(store: Store, path: Path, name: str) -> Sample | None:
    """The first rows of a file; None where it is no table that can be read. Rows that are damaged are left out."""
    try:
        with opened_log(path, name, temporary_directory(store.path)) as plain, store.cursor() as cursor:
            log = in_lines(cursor, plain)
            columns = columns_of(log.head)
            return _sample(cursor, log, columns) if columns else None
    except (LogUnreadableError, duckdb.Error):
        return None


def _sample(cursor: Cursor, log: LogFile, columns: list[str]) -> Sample:
    rows = _hold_objects(cursor, log, columns) if log.head.objects else _hold_rows(cursor, log, columns)
    counted = run(cursor, "sample_column", _SQL).fetchall()
    by_place = {
        place: Column(columns[place - 1], filled, distinct, dict(zip(words, counts, strict=True)))
        for place, filled, distinct, words, counts in counted
    }
    first = [told for (told,) in run(cursor, "sample_first_row", _SQL).fetchall()]
    return Sample(
        tuple(by_place.get(place, Column(name, 0, 0, {})) for place, name in enumerate(columns, 1)),
        rows,
        rows < SAMPLED_ROWS,
        pd.DataFrame(first, columns=columns),
    )


def _hold_rows(cursor: Cursor, log: LogFile, columns: list[str]) -> int:
    header = header_of(log.head)
    places = {header.names.index(column) for column in columns}
    names = [f"{'told' if place in places else 'other'}_{place}" for place in range(len(header.names))]
    return _hold(cursor, log, "sample_table", delimiter=header.delimiter, columns=dict.fromkeys(names, "VARCHAR"))


def _hold_objects(cursor: Cursor, log: LogFile, columns: list[str]) -> int:
    return _hold(cursor, log, "sample_object", pointers=pointers_to(log.head, columns))


def _hold(cursor: Cursor, log: LogFile, file: str, **parameters: object) -> int:
    read = {"path": str(log.path), "max_line_bytes": MAX_LINE_BYTES, "limit": SAMPLED_ROWS}
    return hold(cursor, "sample_row", _SQL, file, **parameters, **read)
