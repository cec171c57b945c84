"""Rows that the statements of one transaction hand to each other, outside of DuckDB.

A temporary table keeps its memory until the end of the transaction, also when it is replaced or dropped, so an import
that makes one per part of a file would need as much as the file. What is held here is let go when it is replaced.
"""

from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import duckdb
import numpy as np
import pyarrow as pa

from data.statements import Cursor, asked_for, statements

_FOLDER = Path(__file__).parent / "sql"


class _Held:
    """What DuckDB scans under a name. It is registered once: the view of an earlier object would keep that alive."""

    def __init__(self, rows: pa.Table) -> None:
        self.rows = rows

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.rows.__arrow_c_stream__(requested_schema)


_held: WeakKeyDictionary[Cursor, dict[str, _Held]] = WeakKeyDictionary()


def hold(cursor: Cursor, name: str, folder: Path = _FOLDER, file: str | None = None, /, **parameters: object) -> int:
    """Hold the rows of folder/file.sql under a name, for the statements that follow; returns how many there are.

    file: if it is not called like the rows. Its last statement yields them, those before it are run. See hold_rows.
    """
    *before, last = statements(folder, file or name)
    for statement in before:
        cursor.execute(statement, asked_for(statement, parameters))
    return hold_rows(cursor, name, last, asked_for(last, parameters))


def hold_rows(cursor: Cursor, name: str, query: str | duckdb.Statement, parameters: dict[str, Any]) -> int:
    """Hold the rows of a query under a name, in the place of those that were held under it; returns how many there are.

    Under one name the columns are always the same. Enums become texts and HUGEINT decimals on the way. A column `place`
    is filled with the numbers of the rows from 1.
    """
    rows = _numbered(cursor.sql(query, params=parameters).to_arrow_table())
    hold_table(cursor, name, rows)
    return int(rows.num_rows)


def hold_table(cursor: Cursor, name: str, rows: pa.Table) -> None:
    """Hold the rows of an Arrow table under a name, in the place of those that were held under it."""
    names = _held.setdefault(cursor, {})
    if name in names:
        names[name].rows = rows
    else:
        names[name] = _Held(rows)
        cursor.register(name, names[name])


def held_table(cursor: Cursor, name: str) -> pa.Table:
    """What is held under a name."""
    return _held[cursor][name].rows


def number_lines(cursor: Cursor, name: str, lines_before: int) -> None:
    """Fill the column `line` of what is held under a name: the rows are the lines of a file behind lines_before."""
    rows = held_table(cursor, name)
    numbers = pa.array(np.arange(lines_before + 1, lines_before + 1 + rows.num_rows))
    hold_table(cursor, name, rows.set_column(rows.column_names.index("line"), "line", numbers))


def _numbered(rows: pa.Table) -> pa.Table:
    if "place" not in rows.column_names:
        return rows
    numbers = pa.array(np.arange(1, rows.num_rows + 1))
    return rows.set_column(rows.column_names.index("place"), "place", numbers)
