"""How the store is spoken to: statements from files, and what DuckDB 2.0 needs to be told."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

Cursor = duckdb.DuckDBPyConnection

_HERE = Path(__file__).parent


@cache
def statements(folder: Path, name: str) -> list[duckdb.Statement]:
    """The statements of folder/name.sql, parsed once."""
    return duckdb.extract_statements((folder / f"{name}.sql").read_text("utf-8"))


def run(cursor: Cursor, name: str, folder: Path = _HERE / "sql", /, **parameters: object) -> Cursor:
    """Run the statements of folder/name.sql, each with those of the named parameters that it asks for."""
    for statement in statements(folder, name):
        cursor.execute(statement, asked_for(statement, parameters))
    return cursor


def asked_for(statement: duckdb.Statement, parameters: dict[str, Any]) -> dict[str, Any]:
    """Those of the named parameters that a statement asks for."""
    return {key: parameters[key] for key in statement.named_parameters}


def scalar(cursor: Cursor, statement: str, parameters: object = None) -> Any:  # noqa: ANN401 - as the column is
    """The first column of the first row, or None."""
    # All rows are fetched: an unfinished result would be in the way of the next question.
    rows = cursor.execute(statement, parameters).fetchall()
    return rows[0][0] if rows else None


def append(cursor: Cursor, table: str, rows: str, order: str = "") -> None:
    """Append the rows of a temporary table, by the names of its columns, to a table of the store.

    order: the columns in whose order they are to lie. Nothing is done where there are none: in DuckDB 2.0 an INSERT of
    no rows makes a later, large and ordered one of the same transaction lose its rows.
    """
    if scalar(cursor, f"SELECT 1 FROM {rows} LIMIT 1"):  # noqa: S608 - our own names
        ordered = f" ORDER BY {order}" if order else ""
        cursor.execute(f"INSERT INTO {table} BY NAME FROM {rows}{ordered}")


@contextmanager
def kept_order(cursor: Cursor) -> Iterator[None]:
    """Rows of a file are stored in its order within the block: the rowid of a new table then tells their place."""
    cursor.execute("SET preserve_insertion_order = true")
    try:
        yield
    finally:
        # Of a connection of its own: an error has ended the transaction by then.
        cursor.cursor().execute("SET preserve_insertion_order = false")
