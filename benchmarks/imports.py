"""The work of getting a log in: Sendlog's import, and what bare DuckDB needs for the same file."""

from pathlib import Path

import duckdb

from benchmarks.worker import Cost, measured
from data.ingest import import_log
from data.report import Status
from data.settings import memory_limit
from data.simulator import SimulatedLog, simulate
from data.store import Store


def write_log(path: str, messages: str, log: str, deliveries: str) -> Cost:
    """Simulate a log."""
    simulate(Path(path), messages=int(messages), deliveries=int(deliveries), log=SimulatedLog(log))
    return {}


def load(path: str, target: str) -> Cost:
    """Bare DuckDB: create a table from the CSV, on disk."""
    with duckdb.connect(fresh(target), config={"memory_limit": memory_limit()}) as connection:
        return measured(lambda: connection.execute("CREATE TABLE log AS FROM read_csv($path)", {"path": path}))[0]


def import_file(path: str, target: str) -> Cost:
    """Sendlog: the whole import into a new store."""
    with Store(Path(fresh(target))) as store:
        cost, report = measured(lambda: import_log(store, Path(path)))
    if report.status is not Status.IMPORTED:
        raise SystemExit(report.message)
    return cost | {"events": report.events}


def fresh(target: str) -> str:
    """The path of a store, at which there is none now."""
    for path in (Path(target), Path(f"{target}.wal")):
        path.unlink(missing_ok=True)
    return target
