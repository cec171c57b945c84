"""The store: one DuckDB file, read by several at once and written by one at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

import duckdb

from data import settings
from data.connection import connection_to
from data.errors import ImportCancelledError, StoreFailedError
from data.schema import prepare_store
from data.sentences import Sentence
from data.statements import Cursor, scalar


class Store:
    """An open store. Take a cursor per unit of work: one DuckDB connection must not be used by two threads."""

    def __init__(self, path: Path | None = None) -> None:
        """Open the store, creating it if the file does not exist.

        Raises StoreLockedError, StoreVersionError, StoreUnreadableError or StoreFailedError.
        """
        self.path = path or settings.store_path()
        self._connection = connection_to(self.path)
        self._writing = threading.Lock()
        self._writer: tuple[int, Cursor] | None = None
        self._handing_over = threading.Lock()
        try:
            with self.transaction() as cursor:
                prepare_store(cursor, self.path)
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
