"""The imported files: their list, their rejected lines, and taking one out again."""

from collections.abc import Callable

import pandas as pd

from data.arrival import store_staged, take_out_retold, touch
from data.errors import SourceNotFoundError
from data.fold import fold
from data.joining import join_loose, note_affected
from data.preparation import prepare
from data.readers.registry import reader_named
from data.sentences import Sentence
from data.statements import Cursor, run
from data.store import Store, told_failures


def sources(store: Store) -> pd.DataFrame:
    """All sources, the latest first, with their import reports; one row each."""
    with store.cursor() as cursor:
        return cursor.execute("FROM source ORDER BY source_id DESC").fetchdf()


def rejects(store: Store, source: str) -> pd.DataFrame:
    """The rejected lines of a source, given by number or name: line, text, reason. Raises SourceNotFoundError."""
    with store.cursor() as cursor:
        source_id = _source_id(cursor, source)
        return cursor.execute(
            "SELECT line, text, reason FROM rejected_line WHERE source_id = ? ORDER BY line", [source_id]
        ).fetchdf()


def remove_source(store: Store, source: str, progress: Callable[[str], None] = lambda _: None) -> str:
    """Take a source and all that only it told out of the store; returns its name. Raises SourceNotFoundError."""
    with told_failures(), store.transaction() as cursor:
        source_id = _source_id(cursor, source)
        name, format_name = cursor.execute(
            "SELECT name, format FROM source WHERE source_id = ?", [source_id]
        ).fetchall()[0]
        prepare(cursor)
        run(cursor, "staged_event")
        progress(Sentence("Taking the events out"))
        reader = reader_named(format_name)
        is_joined = note_affected(cursor, reader.family, source_id)
        reader.forget(cursor, source_id)
        take_out_retold(cursor)
        run(cursor, "removed_source", source_id=source_id)
        run(cursor, "left_event")
        store_staged(cursor, reader.family)
        if is_joined:
            join_loose(cursor, reader, source_id)
        touch(cursor, None)
        fold(cursor, None, progress)
        cursor.execute("UPDATE store SET data_version = data_version + 1")
        return str(name)


def _source_id(cursor: Cursor, source: str) -> int:
    found = cursor.execute(
        "SELECT source_id, source_id::VARCHAR = $source AS is_number FROM source"
        " WHERE source_id::VARCHAR = $source OR name = $source ORDER BY is_number DESC, source_id",
        {"source": source},
    ).fetchall()
    if not found:
        raise SourceNotFoundError(
            Sentence("There is no source {source}; `python -m data sources` lists those in the store.", source=source)
        )
    if len(found) > 1 and not found[0][1]:
        numbers = ", ".join(str(source_id) for source_id, _ in found)
        raise SourceNotFoundError(
            Sentence(
                "Several sources are called {source}; name one by its number: {numbers}.",
                source=source,
                numbers=numbers,
            )
        )
    return int(found[0][0])
