"""Logs larger than DuckDB's row groups: nothing is lost on the way, nothing is left behind."""

from pathlib import Path

import pytest

from data.deliveries import deliveries
from data.ingest import import_log
from data.simulator import SimulatedLog, simulate
from data.sources import remove_source
from data.statements import scalar
from data.store import Store

DERIVED = ("event", "transition", "transition_count", "engagement", "contradiction", "delivery")


@pytest.mark.parametrize(
    ("kind", "number"),
    [(SimulatedLog.EVENTS_CSV, 130_000), (SimulatedLog.CAMPAIGN_EFS, 130_000), (SimulatedLog.POSTFIX, 45_000)],
)
def test_every_message_of_a_large_log_is_there_and_leaves_again(
    kind: SimulatedLog, number: int, store: Store, tmp_path: Path
) -> None:
    """All messages are counted after the import, also beside a first small one, and none after both are removed."""
    small, large = tmp_path / "small.log", tmp_path / "large.log"
    simulate(small, messages=100, seed=1, log=kind, observed_hours=100)
    simulate(large, messages=number, seed=2, log=kind, observed_hours=100)
    import_log(store, small)
    import_log(store, large)
    with store.cursor() as cursor:
        transitions = int(scalar(cursor, "SELECT count(message_key) FROM transition WHERE from_state IS NULL"))
        messages = int(scalar(cursor, "SELECT count(DISTINCT (delivery_key, message_key)) FROM event"))
    counted = sum(delivery.messages for delivery in deliveries(store))
    # A mail log does not name whoever was never relayed.
    assert messages == transitions == counted >= 0.97 * number
    for source in ("small.log", "large.log"):
        remove_source(store, source)
    with store.cursor() as cursor:
        assert {table: scalar(cursor, f"SELECT count(*) FROM {table}") for table in DERIVED} == dict.fromkeys(  # noqa: S608 - our own names
            DERIVED, 0
        )


def test_what_a_large_log_tells_lies_by_delivery_and_time(store: Store, tmp_path: Path) -> None:
    """Events, transitions and counts lie as they are asked for: a delivery's question reads its rows alone."""
    log = tmp_path / "log"
    simulate(log, messages=130_000, deliveries=6, observed_hours=300)
    import_log(store, log)
    lying = {
        "event": "event_time",
        "transition": "moved_at",
        "engagement": "opened_at",
        "transition_count": "elapsed_minutes",
        "transition_minute_count": "elapsed_minutes",
    }
    with store.cursor() as cursor:
        astray = {
            table: scalar(
                cursor,
                f"SELECT count(*) FROM (SELECT (delivery_key, {column}) AS place,"  # noqa: S608 - our own names
                f" lag(place) OVER (ORDER BY rowid) AS before FROM {table}) WHERE before > place",
            )
            for table, column in lying.items()
        }
    assert astray == dict.fromkeys(lying, 0)
