"""The logs that the readers are measured on, one per format: the simulator's own, or its events told in that format."""

from pathlib import Path

import duckdb

from benchmarks.logs import FOLDER, SIZES, log_of
from benchmarks.worker import Cost, cost_of
from data.settings import memory_limit
from data.simulator import SimulatedLog
from data.statements import run

_LOGS = Path(__file__).parent / "logs"
_SQL = Path(__file__).parent / "sql"
_SIMULATED = {
    "events-csv": SimulatedLog.EVENTS_CSV,
    "events-ndjson": SimulatedLog.EVENTS_NDJSON,
    "campaign": SimulatedLog.CAMPAIGN_EFS,
    "postfix": SimulatedLog.POSTFIX,
}


def formats() -> set[str]:
    """The formats that have a log, by the names of their readers."""
    return {*_SIMULATED, *(path.stem for path in _LOGS.glob("*.sql"))}


def log_of_format(size: str, name: str) -> Path:
    """A log of a format that tells the events of log_of(size); made once, and again when its SQL was changed."""
    if name in _SIMULATED:
        return log_of(size, _SIMULATED[name])
    path = FOLDER / f"{name}-{SIZES[size]}.log"
    if not path.exists() or path.stat().st_mtime < _query(name).stat().st_mtime:
        unfinished = path.with_suffix(".part")
        cost_of("formats.write", name, log_of(size), unfinished)
        unfinished.rename(path)
    return path


def write(name: str, events: str, path: str) -> Cost:
    """Tell an event CSV in another format. One column `record` is a line as it is; several are a CSV with a header."""
    with duckdb.connect(config={"memory_limit": memory_limit()}) as connection:
        run(connection, "event", _SQL, path=events)
        rows = connection.sql(_query(name).read_text("utf-8"))
        if rows.columns == ["record"]:
            rows.write_csv(path, header=False, sep="\x01", quotechar="", escapechar="")
        else:
            rows.write_csv(path, header=True)
    return {}


def _query(name: str) -> Path:
    return _LOGS / f"{name}.sql"
