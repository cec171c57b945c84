"""What an import, a removal and a recomputation need before they begin: temporary tables, macros, readers' tables."""

from data.readers.reader import Reader
from data.readers.registry import FORMATS
from data.statements import Cursor, run


def prepare(cursor: Cursor) -> None:
    """Create the temporary tables of an import, the macros, and the tables that deriving readers keep."""
    run(cursor, "staging")
    run(cursor, "macros")
    run(cursor, "format_validity")
    for reader in FORMATS:
        cursor.execute(
            "INSERT INTO format_validity VALUES (?, ?, ?, ?, ?)",
            [reader.name, reader.family, reader.validity_hours, reader.ceiling_hours, reader.tells_engagement],
        )
        if reader.schema:
            cursor.execute(reader.schema.read_text("utf-8"))


def prepare_staging(cursor: Cursor, reader: Reader) -> None:
    """Create the table that a deriving reader fills; a direct one holds its rows under that name."""
    if reader.schema:
        run(cursor, "staged_event")
