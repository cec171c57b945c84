"""The one seam between analytics and the store: a question is a .sql file, its answer a frame."""

from pathlib import Path

import pandas as pd

from data.store import Store, run

_SQL = Path(__file__).parent / "sql"


def ask(store: Store, question: str, /, **parameters: object) -> pd.DataFrame:
    """The answer to analytics/sql/<question>.sql, one row as its header says. Times are UTC without a zone."""
    with store.cursor() as cursor:
        return run(cursor, question, _SQL, **parameters).fetchdf()
