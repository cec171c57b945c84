"""DuckDB: one statement over the CSV (duckdb_peer.sql)."""

from pathlib import Path

import duckdb
import pandas as pd

from benchmarks.peers import COUNTS, VALIDITY_HOURS
from data.settings import memory_limit

_SQL = Path(__file__).with_suffix(".sql")


def course(path: Path) -> pd.DataFrame:
    """The answer, from the file alone."""
    with duckdb.connect(config={"memory_limit": memory_limit(), "preserve_insertion_order": False}) as connection:
        asked = {"path": str(path), "validity_hours": VALIDITY_HOURS}
        return connection.execute(_SQL.read_text("utf-8"), asked).df().astype(dict.fromkeys(COUNTS, "int64"))
