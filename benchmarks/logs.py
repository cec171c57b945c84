"""The logs and stores that the benchmark works on, in build/bench."""

from pathlib import Path

from benchmarks.worker import cost_of
from data.simulator import SimulatedLog

FOLDER = Path("build/bench")
SIZES = {"200k": 200_000, "1m": 1_000_000, "10m": 10_000_000, "100m": 100_000_000}
_EVENTS_PER_DELIVERY = 250_000
_EVENTS_PER_MESSAGE = 3.36


def sizes_up_to(size: str) -> list[str]:
    """The sizes of a table's columns: 1m and the larger ones up to the one asked for; 200k below 1m."""
    names = list(SIZES)
    return names[: names.index(size) + 1] if SIZES[size] <= SIZES["1m"] else names[1 : names.index(size) + 1]


def log_of(size: str, log: SimulatedLog = SimulatedLog.EVENTS_CSV) -> Path:
    """A simulated log of about that many events, made once. A larger log has more deliveries, not larger ones."""
    events = SIZES[size]
    deliveries = 1 if log is SimulatedLog.CAMPAIGN_EFS else max(1, events // _EVENTS_PER_DELIVERY)
    path = FOLDER / f"{log}-{events}-{deliveries}.log"
    if not path.exists():
        unfinished = path.with_suffix(".part")
        cost_of("imports.write_log", unfinished, round(events / _EVENTS_PER_MESSAGE), log, deliveries)
        unfinished.rename(path)
    return path


def store_of(size: str) -> Path:
    """Where the store of that size's event CSV lies."""
    return FOLDER / f"store-{size}.duckdb"
