"""What analysts note in the store: views saved under a name, and annotations on the time axis.

Notes change no answer, so data_version stays. They are written beside a transaction of Store, so that nobody waits for
a long import.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from data.errors import SendlogError
from data.sentences import Sentence
from data.snapshot import Snapshot
from data.statements import Cursor
from data.store import Store, told_failures

MOST_NAME, MOST_QUERY, MOST_TEXT = 80, 4000, 200
"""Characters that a name, a query and the text of an annotation may have."""
_one_at_a_time = threading.Lock()
"""Two writers of the same row would be in each other's way. A store is open in one process alone."""


class NoteRefusedError(SendlogError):
    """A note without a text, with one that is too long, or with an end before its beginning."""


@dataclass(frozen=True)
class SavedView:
    """A page as it was looked at. page: its place in the address; query: what stands behind the question mark."""

    name: str
    page: str
    query: str


@dataclass(frozen=True)
class Annotation:
    """Something to know about a moment (UTC), or about a time where it has an end.

    delivery_id: whose time axis it stands on; None for all.
    """

    number: int
    delivery_id: str | None
    begins_at: datetime
    ends_at: datetime | None
    text: str


def saved_views(store: Store) -> tuple[SavedView, ...]:
    """All saved views, by name."""
    with store.cursor() as cursor:
        rows = cursor.execute("SELECT name, page, query FROM saved_view ORDER BY lower(name), name").fetchall()
    return tuple(SavedView(*row) for row in rows)


def save_view(store: Store, name: str, page: str, query: str) -> None:
    """Keep a view under a name, in the place of one that had it. Raises NoteRefusedError."""
    too_long = Sentence("The name of a view has at most {most} characters.", most=MOST_NAME)
    name = _line(name, MOST_NAME, Sentence("A view needs a name."), too_long)
    if len(query) > MOST_QUERY:
        raise NoteRefusedError(Sentence("This view is asked for in too many words to be kept; clear some filters."))
    with _writing(store) as cursor:
        cursor.execute("DELETE FROM saved_view WHERE name = ?", [name])
        cursor.execute("INSERT INTO saved_view VALUES (?, ?, ?, now()::TIMESTAMP)", [name, page, query])


def remove_view(store: Store, name: str) -> None:
    """Forget a saved view; nothing happens where there is none of that name."""
    with _writing(store) as cursor:
        cursor.execute("DELETE FROM saved_view WHERE name = ?", [name])


def annotations(store: Store, delivery_id: str) -> tuple[Annotation, ...]:
    """The annotations of a delivery and those of all deliveries, by their beginning."""
    with store.cursor() as cursor:
        rows = cursor.execute(
            "SELECT number, delivery_id, begins_at, ends_at, text FROM annotation "
            "WHERE delivery_id = ? OR delivery_id IS NULL ORDER BY begins_at, number",
            [delivery_id],
        ).fetchall()
    return tuple(Annotation(*row) for row in rows)


def annotate(
    store: Store, delivery_id: str | None, begins_at: datetime, ends_at: datetime | None, text: str
) -> Annotation:
    """Keep an annotation of a delivery, or of all where none is named; times are UTC. Raises NoteRefusedError."""
    too_long = Sentence("An annotation has at most {most} characters.", most=MOST_TEXT)
    text = _line(text, MOST_TEXT, Sentence("An annotation needs a text."), too_long)
    if ends_at is not None and ends_at <= begins_at:
        raise NoteRefusedError(Sentence("An annotation ends after it begins; choose a later end, or none."))
    with _writing(store) as cursor:
        number = cursor.execute(
            "INSERT INTO annotation VALUES (nextval('annotation_number'), ?, ?, ?, ?) RETURNING number",
            [delivery_id, begins_at, ends_at, text],
        ).fetchall()[0][0]
    return Annotation(number, delivery_id, begins_at, ends_at, text)


def remove_annotation(store: Store, number: int) -> None:
    """Forget an annotation; nothing happens where there is none of that number."""
    with _writing(store) as cursor:
        cursor.execute("DELETE FROM annotation WHERE number = ?", [number])


@contextmanager
def _writing(store: Store) -> Iterator[Cursor]:
    """A cursor whose work is kept wholly if the block ends, whatever transaction of the store is open meanwhile."""
    live = store.live if isinstance(store, Snapshot) else store
    with _one_at_a_time, told_failures(), live.cursor() as cursor:
        cursor.execute("BEGIN")
        try:
            yield cursor
        except BaseException:
            cursor.execute("ROLLBACK")
            raise
        cursor.execute("COMMIT")


def _line(text: str, most: int, if_empty: Sentence, if_long: Sentence) -> str:
    """The text as one line. Raises NoteRefusedError where it is empty or too long."""
    line = " ".join(text.split())
    if not line:
        raise NoteRefusedError(if_empty)
    if len(line) > most:
        raise NoteRefusedError(if_long)
    return line
