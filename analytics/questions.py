"""The one seam between analytics and the store: a question is a .sql file, its answer a frame or its columns."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy.typing as npt
import pandas as pd

from data.snapshot import Snapshot
from data.statements import Cursor, run
from data.store import Store

Columns = dict[str, npt.NDArray[Any]]

_SQL = Path(__file__).parent / "sql"


class Questions:
    """Questions to the store as it stands at a moment, whatever is imported meanwhile.

    A question is the name of analytics/sql/<question>.sql, whose header says what its rows are. Times are UTC.
    """

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor

    def frame(self, question: str, /, **parameters: object) -> pd.DataFrame:
        """The answer as a frame, for what is listed."""
        return run(self._cursor, question, _SQL, **parameters).fetchdf()

    def columns(self, question: str, /, **parameters: object) -> Columns:
        """The answer as columns of numbers and times: to reckon with, for a frame can cost more than the answer."""
        columns: Columns = run(self._cursor, question, _SQL, **parameters).fetchnumpy()  # type: ignore[assignment]
        return columns


@contextmanager
def asking(store: Store) -> Iterator[Questions]:
    """Ask several questions of one state of the store."""
    with store.cursor() as cursor:
        if not isinstance(store, Snapshot):
            cursor.execute("BEGIN TRANSACTION READ ONLY")
        yield Questions(cursor)
