"""The store: one DuckDB file. The only module that opens DuckDB."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Self

import duckdb

from data import settings
from data.errors import (
    ImportCancelledError,
    SendlogError,
    StoreFailedError,
    StoreLockedError,
    StoreUnreadableError,
    StoreVersionError,
)
from data.sentences import Sentence
from data.states import TRANSITIONS
from data.temporary import made

Cursor = duckdb.DuckDBPyConnection

SCHEMA_VERSION = 4
_HERE = Path(__file__).parent


class Store:
    """An open store. Take a cursor per unit of work: one DuckDB connection must not be used by two threads."""

    def __init__(self, path: Path | None = None) -> None:
        """Open the store, creating it if the file does not exist.

        Raises StoreLockedError, StoreVersionError or StoreUnreadableError.
        """
        self.path = path or settings.store_path()
        self._connection = _connect(self.path)
        self._writing = threading.Lock()
        self._writer: tuple[int, Cursor] | None = None
        self._handing_over = threading.Lock()
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

    @contextmanager
    def cursor(self) -> Iterator[Cursor]:
        """A connection of its own to the same database, for one unit of work; times are UTC."""
        cursor = self._connection.cursor()
        try:
            cursor.execute("SET TimeZone = 'UTC'")
            yield cursor
        finally:
            cursor.close()

    @contextmanager
    def transaction(self) -> Iterator[Cursor]:
        """A cursor whose work is kept wholly if the block ends, and not at all if it raises. One writer at a time."""
        with self._writing, self.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                self._set_writer((threading.get_ident(), cursor))
                yield cursor
            except BaseException:
                self._set_writer(None)
                cursor.execute("ROLLBACK")
                raise
            self._set_writer(None)
            cursor.execute("COMMIT")

    def interrupt(self, thread: int) -> None:
        """Stop the statement that a thread runs in its transaction; nothing happens where it runs none."""
        with self._handing_over:  # An interruption never reaches the COMMIT, nor another thread's work.
            if self._writer and self._writer[0] == thread:
                self._writer[1].interrupt()

    def _set_writer(self, writer: tuple[int, Cursor] | None) -> None:
        with self._handing_over:
            self._writer = writer

    def data_version(self) -> int:
        """A number that rises whenever an answer may change; results are cached under it."""
        with self.cursor() as cursor:
            return int(scalar(cursor, "SELECT data_version FROM store"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, so that another process may open it."""
        self._connection.close()

    def _prepare(self) -> None:
        with self.transaction() as cursor:
            if not scalar(cursor, "SELECT count(*) FROM duckdb_tables() WHERE NOT temporary"):
                cursor.execute((_HERE / "schema.sql").read_text("utf-8"))
                cursor.execute("INSERT INTO store VALUES (?, hash('sendlog', 1), 0)", [SCHEMA_VERSION])
            self._check_version(cursor)
            cursor.execute((_HERE / "event_macros.sql").read_text("utf-8"))
            cursor.execute((_HERE / "notes.sql").read_text("utf-8"))
            cursor.execute((_HERE / "reports.sql").read_text("utf-8"))

    def _check_version(self, cursor: Cursor) -> None:
        try:
            row = cursor.execute("SELECT schema_version, hash_probe = hash('sendlog', 1) FROM store").fetchone()
        except duckdb.CatalogException as error:
            raise StoreUnreadableError(
                Sentence("{path} holds something else than a store; choose another file.", path=self.path)
            ) from error
        if row is None or row[0] > SCHEMA_VERSION:
            raise StoreVersionError(
                Sentence(
                    "{path} was written by a newer Sendlog; update Sendlog or choose another store.", path=self.path
                )
            )
        if row[0] < SCHEMA_VERSION or not row[1]:
            raise StoreVersionError(
                Sentence(
                    "{path} was written by another version of Sendlog or DuckDB; import the logs into a new store.",
                    path=self.path,
                )
            )


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


@contextmanager
def told_failures() -> Iterator[None]:
    """Turn what DuckDB raises in the block into StoreFailedError, or ImportCancelledError where it was interrupted."""
    try:
        yield
    except duckdb.InterruptException as error:
        raise ImportCancelledError(Sentence("The work was stopped; nothing of it was kept.")) from error
    except duckdb.Error as error:
        told = (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
        raise StoreFailedError(
            Sentence(
                "The store could not do that and kept nothing ({told}); make room on its disk or raise SENDLOG_MEMORY.",
                told=told,
            )
        ) from error


def _connect(path: Path) -> Cursor:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        spill = settings.spill_directory(path)
        made(spill.parent)
        # In DuckDB 2.0 an ordered INSERT of many rows is lost behind one of none in the same transaction. Order is kept
        # where it is asked for all the same. Replacements would let a Python variable shadow a table's name.
        return duckdb.connect(
            str(path),
            config={
                "memory_limit": settings.memory_limit(),
                "temp_directory": str(spill),
                "preserve_insertion_order": False,
                "python_enable_replacements": False,
                "produce_arrow_string_view": True,
            },
        )
    except duckdb.IOException as error:
        if "Could not set lock" in str(error):
            raise StoreLockedError(
                Sentence(
                    "{path} is open in another process, perhaps the dashboard; stop that first, or name another store.",
                    path=path,
                )
            ) from error
        raise _unreadable(path) from error
    except (duckdb.Error, OSError) as error:
        raise _unreadable(path) from error


def _unreadable(path: Path) -> SendlogError:
    return StoreUnreadableError(
        Sentence("{path} cannot be opened as a store; choose another file with --store or SENDLOG_STORE.", path=path)
    )


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


def write_allowed_transitions(cursor: Cursor) -> None:
    """Give the fold its table of transitions, from the one place where they are defined."""
    cursor.execute("CREATE OR REPLACE TEMP TABLE allowed_transition (from_state state, kind kind, to_state state)")
    rows = [(before, kind, after) for (before, kind), after in TRANSITIONS.items()]
    cursor.executemany("INSERT INTO allowed_transition VALUES (?, ?, ?)", rows)
