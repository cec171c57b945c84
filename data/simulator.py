"""Believable deliveries, simulated in SQL and written as the logs that real systems write. A seed tells one story."""

import tempfile
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from data.readers.events import EventCsv
from data.store import Store, run

_STORY = ("macros", "domain", "answer", "delivery", "message", "attempt", "event")
_STARTED_AT = datetime(2026, 3, 2, 8, tzinfo=UTC)


class SimulatedLog(StrEnum):
    """The log formats that a simulation can be written in. The values name data/sql/simulated_<value>.sql."""

    EVENTS_CSV = "events_csv"
    EVENTS_NDJSON = "events_ndjson"


def simulate(
    path: Path,
    *,
    messages: int,
    deliveries: int = 1,
    seed: int = 1,
    log: SimulatedLog = SimulatedLog.EVENTS_CSV,
    started_at: datetime = _STARTED_AT,
    observed_hours: float | None = None,
    validity_hours: float | None = None,
    relay_minutes: float = 30,
) -> None:
    """Write the log of some simulated deliveries.

    messages: of all deliveries together, which start two days apart.
    started_at: the first relay (UTC). observed_hours: how long afterwards the log is taken, if not when all is told.
    validity_hours: if not the default of the log's format. relay_minutes: how long relaying one delivery takes.
    """
    hours = validity_hours or EventCsv.validity_hours
    with tempfile.TemporaryDirectory(dir=path.parent, prefix="simulation-") as folder:
        store = Store(Path(folder) / "simulation.duckdb")
        try:
            with store.cursor() as cursor:
                for table in (*_STORY, log):
                    run(
                        cursor,
                        f"simulated_{table}",
                        path=str(path),
                        messages=messages,
                        deliveries=deliveries,
                        seed=seed,
                        started_at=started_at,
                        until=None if observed_hours is None else started_at + timedelta(hours=observed_hours),
                        validity_hours=hours,
                        tells_expiry=validity_hours is not None,
                        relay_minutes=relay_minutes,
                    )
        finally:
            store.close()
