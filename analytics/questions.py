"""The one seam between analytics and the store: a question is a .sql file, its answer a frame."""

from pathlib import Path

import pandas as pd

from data.store import Store, run

_SQL = Path(__file__).parent / "sql"


def ask(store: Store, question: str, /, *then: str, **parameters: object) -> pd.DataFrame:
    """The answer to analytics/sql/<question>.sql, rows as its header says. Times are UTC without a zone.

    then: further questions, asked of what the one before left in temporary tables; the answer is the last one's.
    """
    with store.cursor() as cursor:
        for each in (question, *then):
            run(cursor, each, _SQL, **parameters)
        return cursor.fetchdf()
