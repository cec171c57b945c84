"""The connection to a store's file. The only module that opens DuckDB."""

from pathlib import Path

import duckdb

from data import settings
from data.errors import SendlogError, StoreLockedError, StoreUnreadableError
from data.sentences import Sentence
from data.statements import Cursor
from data.temporary import made


def connection_to(path: Path) -> Cursor:
    """Open a file, which is made if it is missing. Raises StoreLockedError, StoreUnreadableError, StoreFailedError."""
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
