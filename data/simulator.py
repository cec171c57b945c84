"""Believable deliveries, simulated in SQL and written as the logs that real systems write. A seed tells one story."""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from data.readers.events import EventCsv
from data.statements import run
from data.store import Store


class SimulatedLog(StrEnum):
    """The kinds of log that a simulation can be written as."""

    EVENTS_CSV = "events-csv"
    EVENTS_NDJSON = "events-ndjson"
    CAMPAIGN_EFS = "campaign-efs"
    """A Campaign export in English, measured with the Email Feedback Service."""
    CAMPAIGN = "campaign"
    """A Campaign export in German, measured without it."""
    POSTFIX = "postfix"
    """A Postfix log with times that name no year."""
    POSTFIX_RFC3339 = "postfix-rfc3339"


# Names of data/sql/simulated_<name>.sql, in the order in which they build on each other.
_SCENE = ("macros", "domain", "answer", "delivery")
_STORY = ("message", "attempt", "event")
_RENDERING = {
    SimulatedLog.EVENTS_CSV: ("event_row", "events_csv"),
    SimulatedLog.EVENTS_NDJSON: ("event_row", "events_ndjson"),
    SimulatedLog.CAMPAIGN_EFS: ("log_row", "campaign_efs"),
    SimulatedLog.CAMPAIGN: ("log_row", "campaign"),
    SimulatedLog.POSTFIX: ("postfix_line", "postfix"),
    SimulatedLog.POSTFIX_RFC3339: ("postfix_line", "postfix_rfc3339"),
}
# Logs that grow with every event can be written part by part, and then have no bound but the disk.
_WRITTEN_IN_PARTS = (SimulatedLog.EVENTS_CSV, SimulatedLog.EVENTS_NDJSON)
_DELIVERIES_PER_PART = 10
_COPIED_BYTES = 1 << 24
_CAMPAIGN_VALIDITY_HOURS = 84.0
_STARTED_AT = datetime(2026, 3, 2, 8, tzinfo=UTC)


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
    parameters = {
        "messages": messages,
        "deliveries": deliveries,
        "seed": seed,
        "started_at": started_at,
        "until": None if observed_hours is None else started_at + timedelta(hours=observed_hours),
        "validity_hours": validity_hours or _default_validity(log),
        "tells_expiry": validity_hours is not None,
        "relay_minutes": relay_minutes,
    }
    # Beside the log, so that a long one spills where there is room for it.
    with tempfile.TemporaryDirectory(dir=path.parent, prefix="simulation-") as folder, path.open("wb") as whole:
        for part in _parts(Path(folder) / path.name, log, deliveries, parameters):
            with part.open("rb") as file:
                shutil.copyfileobj(file, whole, _COPIED_BYTES)


def _parts(path: Path, log: SimulatedLog, deliveries: int, parameters: dict[str, object]) -> Iterator[Path]:
    """Write the log to a path part by part; each is to be taken from there before the next is written."""
    with Store(path.with_name("simulation.duckdb")) as store, store.cursor() as cursor:
        for name in _SCENE:
            run(cursor, f"simulated_{name}", **parameters)
        for first, last in _spans(log, deliveries):
            span = {"first_delivery": first, "last_delivery": last, "is_first": first == 1, "path": str(path)}
            for name in (*_STORY, *_RENDERING[log]):
                run(cursor, f"simulated_{name}", **parameters, **span)
            yield path


def _spans(log: SimulatedLog, deliveries: int) -> list[tuple[int, int]]:
    """The numbers of the first and the last delivery of each part."""
    step = _DELIVERIES_PER_PART if log in _WRITTEN_IN_PARTS else deliveries
    return [(first, min(first + step - 1, deliveries)) for first in range(1, deliveries + 1, step)]


def _default_validity(log: SimulatedLog) -> float:
    is_campaign = log in (SimulatedLog.CAMPAIGN, SimulatedLog.CAMPAIGN_EFS)
    return _CAMPAIGN_VALIDITY_HOURS if is_campaign else EventCsv.validity_hours


def write_samples(folder: Path) -> None:
    """Make the small logs of data/samples anew."""
    log = SimulatedLog
    simulate(folder / "events.csv.gz", messages=2000, deliveries=3, seed=7, observed_hours=130)
    simulate(folder / "campaign_efs.txt", messages=1600, seed=11, log=log.CAMPAIGN_EFS, observed_hours=4)
    simulate(folder / "campaign_ohne_efs.txt", messages=1600, deliveries=2, seed=12, log=log.CAMPAIGN)
    simulate(folder / "postfix.log.gz", messages=800, deliveries=2, seed=13, log=log.POSTFIX_RFC3339)
