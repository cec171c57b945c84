"""A store held still: several questions answered from the same data, whatever is imported in between."""

from collections.abc import Iterator
from contextlib import contextmanager

from data.statements import Cursor
from data.store import Store


class Snapshot(Store):
    """A store as it is now, to be asked by one thread; all that is asked of it is asked with one cursor."""

    def __init__(self, store: Store, cursor: Cursor) -> None:
        self.path = store.path
        self.live = store
        """The store itself, for what is done later or writes."""
        self._cursor = cursor
        self.version = self.data_version()

    @contextmanager
    def cursor(self) -> Iterator[Cursor]:
        """The cursor that holds the data still."""
        yield self._cursor


@contextmanager
def held_still(store: Store) -> Iterator[Snapshot]:
    """Answer every question in the block from one version of the data."""
    with store.cursor() as cursor:
        cursor.execute("BEGIN")
        try:
            yield Snapshot(store, cursor)
        finally:
            cursor.execute("ROLLBACK")
