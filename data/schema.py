"""The tables of a store: made where it is new, checked and completed where it is not."""

from pathlib import Path

import duckdb

from data.errors import StoreUnreadableError, StoreVersionError
from data.sentences import Sentence
from data.statements import Cursor, scalar

SCHEMA_VERSION = 4
_HERE = Path(__file__).parent


def prepare_store(cursor: Cursor, path: Path) -> None:
    """Give a new store its tables, and an older one what came later. Raises StoreVersionError, StoreUnreadableError."""
    if not scalar(cursor, "SELECT count(*) FROM duckdb_tables() WHERE NOT temporary"):
        cursor.execute((_HERE / "schema.sql").read_text("utf-8"))
        cursor.execute("INSERT INTO store VALUES (?, hash('sendlog', 1), 0)", [SCHEMA_VERSION])
    _check_version(cursor, path)
    for name in ("event_macros", "notes", "reports"):
        cursor.execute((_HERE / f"{name}.sql").read_text("utf-8"))


def _check_version(cursor: Cursor, path: Path) -> None:
    try:
        row = cursor.execute("SELECT schema_version, hash_probe = hash('sendlog', 1) FROM store").fetchone()
    except duckdb.CatalogException as error:
        raise StoreUnreadableError(
            Sentence("{path} holds something else than a store; choose another file.", path=path)
        ) from error
    if row is None or row[0] > SCHEMA_VERSION:
        raise StoreVersionError(
            Sentence("{path} was written by a newer Sendlog; update Sendlog or choose another store.", path=path)
        )
    if row[0] < SCHEMA_VERSION or not row[1]:
        raise StoreVersionError(
            Sentence(
                "{path} was written by another version of Sendlog or DuckDB; import the logs into a new store.",
                path=path,
            )
        )
