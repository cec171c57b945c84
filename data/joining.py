"""Events whose record does not name its message wholly: what other records of the same message name completes them.

A webhook may leave the campaign out of some of its events, an accounting file the job of a late bounce, a tracking log
the address. Such events are kept as loose_event. Whenever a source comes or goes, those that it may name are joined
anew, so that the order of files is immaterial.
"""

from pathlib import Path

from data.arrival import store_staged, take_out_retold
from data.held import hold
from data.readers.reader import Reader
from data.statements import Cursor, run, scalar

_SQL = Path(__file__).parent / "sql"


def unnamed_delivery(family: str) -> str:
    """The delivery of the messages of a family of formats whose records name none."""
    return f"{family}: no delivery named"


def note_affected(cursor: Cursor, family: str, source_id: int) -> bool:
    """Note the loose events that a source may name; says whether there are any."""
    if not scalar(cursor, "SELECT 1 FROM loose_event WHERE family = ? LIMIT 1", [family]):
        return False
    run(cursor, "affected_loose", family=family, source_id=source_id)
    return bool(scalar(cursor, "SELECT 1 FROM affected_loose LIMIT 1"))


def join_loose(cursor: Cursor, reader: Reader, source_id: int) -> None:
    """Store the affected loose events, as far as they are still there, under the messages that the store now names."""
    run(cursor, "loose_again", source_id=source_id)
    run(cursor, "told_before")
    take_out_retold(cursor)
    if scalar(cursor, "SELECT 1 FROM duckdb_tables() WHERE temporary AND table_name = 'staged_event'"):
        cursor.execute("DROP TABLE staged_event")
    unnamed_id = unnamed_delivery(reader.family)
    hold(cursor, "staged_event", _SQL, "joined_event", family=reader.family, unnamed_id=unnamed_id)
    store_staged(cursor, reader.family)
    run(cursor, "joined_source")


def waiting(cursor: Cursor, source_id: int) -> int:
    """How many records of a source are told by no event, because no other record names their message yet."""
    return int(
        scalar(
            cursor,
            "SELECT count(DISTINCT line) FROM loose_event ANTI JOIN event USING (source_id, line) WHERE source_id = ?",
            [source_id],
        )
    )
