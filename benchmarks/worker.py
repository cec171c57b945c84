"""One measured piece of work in a process of its own: `python -m benchmarks.worker TASK ARGUMENT...` prints its cost.

The process that starts this one stays small, because a process inherits the peak memory of the one that started it.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import duckdb
import pandas as pd

from analytics.modes import Mode
from analytics.tile import series, tile
from data.deliveries import Delivery, deliveries
from data.ingest import import_log, prepare
from data.intake import opened_log
from data.readers.reader import Options
from data.readers.registry import reader_for
from data.report import Status
from data.settings import memory_limit
from data.simulator import SimulatedLog, simulate
from data.store import Store

_MOMENTS = 5
Result = TypeVar("Result")


def write_log(path: str, messages: str, log: str, deliveries: str) -> dict[str, float]:
    """Simulate a log."""
    simulate(Path(path), messages=int(messages), deliveries=int(deliveries), log=SimulatedLog(log))
    return {}


def load(path: str, target: str) -> dict[str, float]:
    """Bare DuckDB: create a table from the CSV, on disk."""
    with duckdb.connect(_fresh(target), config={"memory_limit": memory_limit()}) as connection:
        return _cost(lambda: connection.execute("CREATE TABLE log AS FROM read_csv($path)", {"path": path}))[0]


def import_file(path: str, target: str) -> dict[str, float]:
    """Sendlog: the whole import into a new store."""
    store = Store(Path(_fresh(target)))
    cost, report = _cost(lambda: import_log(store, Path(path)))
    store.close()
    if report.status is not Status.IMPORTED:
        raise SystemExit(report.message)
    return cost | {"events": report.events}


def scan(path: str, columns: str, delimiter: str, target: str) -> dict[str, float]:
    """Bare DuckDB: the file as texts into a temporary table; columns and delimiter as JSON."""
    names = json.loads(columns)
    is_table = len(names) > 1
    parameters = {
        "path": path,
        "skip": int(is_table),
        "delimiter": json.loads(delimiter),
        "quote": '"' if is_table else "",
        "columns": dict.fromkeys(names, "VARCHAR"),
    }
    statement = (
        "CREATE TEMP TABLE record AS FROM read_csv($path, auto_detect = false, header = false, skip = $skip, "
        "delim = $delimiter, quote = $quote, escape = $quote, columns = $columns)"
    )
    with duckdb.connect(_fresh(target), config={"memory_limit": memory_limit()}) as connection:
        return _cost(lambda: connection.execute(statement, parameters))[0]


def stage(path: str, target: str) -> dict[str, float]:
    """Sendlog: the reader alone."""
    store = Store(Path(_fresh(target)))
    with opened_log(Path(path)) as log, store.transaction() as cursor:
        prepare(cursor)
        cost, reading = _cost(lambda: reader_for(log).stage(cursor, log, 1, Options(year=2026, efs=True)))
    store.close()
    return cost | {"records": reading.records}


def answer(target: str) -> dict[str, float]:
    """Sendlog: tile and series of every delivery, 95th percentile in milliseconds."""
    store = Store(Path(target))
    listed = deliveries(store)
    for delivery in listed[:2]:
        series(store, delivery, Mode.WITH_EFS)
    tiles = [
        _milliseconds(lambda each=each, at=at: tile(store, each, Mode.WITH_EFS, at))  # type: ignore[misc]
        for each in listed
        for at in _moments(each)
    ]
    courses = [_milliseconds(lambda each=each: series(store, each, Mode.WITH_EFS)) for each in listed]  # type: ignore[misc]
    store.close()
    return {"tile": _percentile(tiles), "series": _percentile(courses)}


def _moments(delivery: Delivery) -> list[pd.Timestamp]:
    return list(pd.date_range(delivery.started_at, delivery.ended_at, periods=_MOMENTS))


def _cost(work: Callable[[], Result]) -> tuple[dict[str, float], Result]:
    """What a piece of work costs, and its result. On a busy machine CPU seconds say more than seconds."""
    started, used = time.perf_counter(), time.process_time()
    result = work()
    return {"seconds": time.perf_counter() - started, "cpu_seconds": time.process_time() - used}, result


def _milliseconds(work: Callable[[], object]) -> float:
    return _cost(work)[0]["seconds"] * 1000


def _percentile(milliseconds: list[float]) -> float:
    return float(pd.Series(milliseconds).quantile(0.95))


def _fresh(target: str) -> str:
    for path in (Path(target), Path(f"{target}.wal")):
        path.unlink(missing_ok=True)
    return target


_TASKS: dict[str, Callable[..., dict[str, float]]] = {
    task.__name__: task for task in (write_log, load, import_file, scan, stage, answer)
}

if __name__ == "__main__":
    cost = _TASKS[sys.argv[1]](*sys.argv[2:])
    cost["peak_gigabytes"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(json.dumps(cost))
