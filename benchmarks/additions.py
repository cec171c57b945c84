"""Files of 10,000 events that come after a log: some continue one delivery, some are spread over all of them."""

from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

import duckdb

from benchmarks.worker import Cost, measured
from data.deliveries import deliveries
from data.ingest import import_log
from data.report import Status
from data.settings import memory_limit
from data.statements import run
from data.store import Store

FILES = 5
"""Of each kind; every one is another, because the store is not put back between them."""
_HELD_EVENTS = 6000
_SQL = Path(__file__).parent / "sql"


def write(log: str, target: str, folder: str) -> Cost:
    """Write one-1.csv, spread-1.csv and so on: events of messages that a log names, as the store of it knows them."""
    with Store(Path(target)) as store:
        listed = deliveries(store)
    chosen = [listed[number * len(listed) // FILES].delivery_id for number in range(FILES)]
    continued_at = max(each.observed_until for each in listed)
    Path(folder).mkdir(parents=True, exist_ok=True)
    with duckdb.connect(config={"memory_limit": memory_limit()}) as connection:
        run(connection, "known_message", _SQL, path=log, chosen=chosen, deliveries=len(listed))
        for number in range(FILES):
            continued_at += timedelta(days=1)
            _write_one(connection, Path(folder) / f"one-{number + 1}.csv", chosen[number], 2 * number, continued_at)
            _write_one(connection, Path(folder) / f"spread-{number + 1}.csv", None, 2 * number + 1, continued_at)
    return {}


def _write_one(
    connection: duckdb.DuckDBPyConnection, path: Path, delivery_id: str | None, number: int, continued_at: datetime
) -> None:
    # Files of one delivery or of all take messages that none of their kind took before.
    skipped = number // 2 * _HELD_EVENTS
    run(
        connection,
        "added_event",
        _SQL,
        path=str(path),
        delivery_id=delivery_id,
        number=number,
        skipped=skipped,
        continued_at=continued_at,
    )


def add(target: str, *paths: str) -> Cost:
    """Add files to a store one after another: the median of their seconds, also with opening and closing the store."""
    seconds, whole_seconds = [], []
    for path in paths:
        whole, alone = measured(lambda path=path: _added(Path(target), Path(path)))  # type: ignore[misc]
        seconds.append(alone["seconds"])
        whole_seconds.append(whole["seconds"])
    return {"seconds": median(seconds), "whole_seconds": median(whole_seconds)}


def _added(target: Path, path: Path) -> Cost:
    with Store(target) as store:
        cost, report = measured(lambda: import_log(store, path))
    if report.status is not Status.IMPORTED or report.rejected:
        raise SystemExit(f"{path}: {report.message or 'some lines were rejected'}")
    return cost | {"contradictions": report.contradictions, "events": report.events}
