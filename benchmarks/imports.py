"""The work of getting a log in: Sendlog's import and readers, and what bare DuckDB needs for the same file."""

import json
from pathlib import Path

import duckdb

from benchmarks.worker import Cost, measured
from data.ingest import import_log, prepare, prepare_staging
from data.intake import opened_log
from data.readers.reader import Options
from data.readers.registry import reader_for
from data.report import Status
from data.settings import memory_limit, temporary_directory
from data.simulator import SimulatedLog, simulate
from data.store import Store


def write_log(path: str, messages: str, log: str, deliveries: str) -> Cost:
    """Simulate a log."""
    simulate(Path(path), messages=int(messages), deliveries=int(deliveries), log=SimulatedLog(log))
    return {}


def load(path: str, target: str) -> Cost:
    """Bare DuckDB: create a table from the CSV, on disk."""
    with duckdb.connect(_fresh(target), config={"memory_limit": memory_limit()}) as connection:
        return measured(lambda: connection.execute("CREATE TABLE log AS FROM read_csv($path)", {"path": path}))[0]


def import_file(path: str, target: str) -> Cost:
    """Sendlog: the whole import into a new store."""
    with Store(Path(_fresh(target))) as store:
        cost, report = measured(lambda: import_log(store, Path(path)))
    if report.status is not Status.IMPORTED:
        raise SystemExit(report.message)
    return cost | {"events": report.events}


def scan(path: str, columns: str, delimiter: str, target: str) -> Cost:
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
        return measured(lambda: connection.execute(statement, parameters))[0]


def stage(path: str, target: str) -> Cost:
    """Sendlog: the reader alone."""
    temporary = temporary_directory(Path(target))
    with (
        Store(Path(_fresh(target))) as store,
        opened_log(Path(path), None, temporary) as log,
        store.transaction() as cursor,
    ):
        prepare(cursor)
        reader = reader_for(log)
        prepare_staging(cursor, reader)
        cost, reading = measured(lambda: reader.stage(cursor, log, 1, Options(year=2026, efs=True)))
    return cost | {"records": reading.records}


def _fresh(target: str) -> str:
    for path in (Path(target), Path(f"{target}.wal")):
        path.unlink(missing_ok=True)
    return target
