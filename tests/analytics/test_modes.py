"""The acceptance table: what each step does to the KPIs and the status in each mode, cell by cell."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from analytics.modes import READINGS, Kpi, Mode
from analytics.rows import rows
from analytics.tile import tile
from data.deliveries import delivery
from data.errors import NoDeliveryFeedbackError
from data.events import Kind
from data.ingest import import_log
from data.readers.reader import Options
from data.states import State
from data.store import Store
from tests.data.random_logs import START, as_csv
from tests.data.reference_fold import Event

MINUTE = timedelta(minutes=1)
VALIDITY_HOURS = 1.0

MESSAGE = ("m1", "a@one.example", "d1")
# One message in flight and one accepted all along, so that every share has something to be a share of, and a line of
# another delivery, so that the log speaks of the moments after the step.
ELSEWHERE = [
    Event(Kind.RELAYED, START - MINUTE, "m2", "b@one.example", "d1"),
    Event(Kind.DELIVERED, START - MINUTE, "m3", "c@one.example", "d1"),
    Event(Kind.RELAYED, START + 50 * MINUTE, "m4", "d@one.example", "d2"),
]

STEPS: dict[str, list[Kind]] = {
    "accepted": [Kind.RELAYED, Kind.DELIVERED],
    "hard bounce": [Kind.RELAYED, Kind.BOUNCED],
    "soft bounce": [Kind.RELAYED, Kind.DEFERRED],
    "retry succeeds": [Kind.RELAYED, Kind.DEFERRED, Kind.DELIVERED],
    "retries fail": [Kind.RELAYED, Kind.DEFERRED, Kind.EXPIRED],
}

# step, mode: what Delivered does, what Bounces + errors does, the status afterwards.
CELLS = [
    ("accepted", Mode.WITH_EFS, "up", "same", "Sent"),
    ("accepted", Mode.WITHOUT_EFS, "same", "same", "Sent"),
    ("hard bounce", Mode.WITH_EFS, "same", "up", "Failed"),
    ("hard bounce", Mode.WITHOUT_EFS, "down", "up", "Failed"),
    ("soft bounce", Mode.WITH_EFS, "same", "up", "Failed"),
    ("soft bounce", Mode.WITHOUT_EFS, "same", "same", "Sent"),
    ("retry succeeds", Mode.WITH_EFS, "up", "down", "Sent"),
    ("retry succeeds", Mode.WITHOUT_EFS, "same", "same", "Sent"),
    ("retries fail", Mode.WITH_EFS, "same", "same", "Failed"),
    ("retries fail", Mode.WITHOUT_EFS, "down", "up", "Failed"),
    ("soft bounce", Mode.CAMPAIGN_V8, "same", "same", "Taken into account by the service provider"),
    ("retry succeeds", Mode.CAMPAIGN_V8, "up", "same", "Sent"),
    ("retries fail", Mode.CAMPAIGN_V8, "same", "up", "Failed"),
]


@pytest.fixture
def import_events(store: Store, tmp_path: Path) -> Callable[[list[Event]], Store]:
    """Import events as a log; returns the store."""

    def imported(events: list[Event]) -> Store:
        path = tmp_path / "step.csv"
        path.write_text(as_csv(events))
        import_log(store, path, Options(validity_hours=VALIDITY_HOURS))
        return store

    return imported


def _direction(before: float | None, after: float | None) -> str:
    assert before is not None
    assert after is not None
    return "same" if before == after else "up" if after > before else "down"


@pytest.mark.parametrize(("step", "mode", "delivered", "bounces_errors", "status"), CELLS)
def test_a_step_moves_the_kpis_as_the_table_says(
    import_events: Callable[[list[Event]], Store],
    step: str,
    mode: Mode,
    delivered: str,
    bounces_errors: str,
    status: str,
) -> None:
    """Delivered and Bounces + errors go up, down or stay, and the message has the status of its cell."""
    events = [Event(kind, START + 10 * MINUTE * n, *MESSAGE) for n, kind in enumerate(STEPS[step])]
    store = import_events([*events, *ELSEWHERE])
    about, taken_at = delivery(store, "d1"), events[-1].event_time
    before, after = (tile(store, about, mode, at) for at in (taken_at - MINUTE, taken_at))
    assert _direction(before.delivered_rate, after.delivered_rate) == delivered
    assert _direction(before.bounces_errors_rate, after.bounces_errors_rate) == bounces_errors
    listed = rows(store, about, Kpi.SENT, mode, taken_at, masked=False)
    assert listed.set_index("address").loc[MESSAGE[1], "status"] == status


@pytest.mark.parametrize(
    ("mode", "delivered_rate", "status"),
    [(Mode.WITH_EFS, 0.0, "Pending"), (Mode.WITHOUT_EFS, 1.0, "Sent")],
)
def test_delivered_starts_where_the_mode_starts(
    import_events: Callable[[list[Event]], Store], mode: Mode, delivered_rate: float, status: str
) -> None:
    """With the first relay Delivered is 0 % with EFS and 100 % without, and Bounces + errors 0 % in both."""
    store = import_events([Event(Kind.RELAYED, START, *MESSAGE), Event(Kind.DELIVERED, START + MINUTE, *MESSAGE)])
    about = delivery(store, "d1")
    shown = tile(store, about, mode, START)
    assert (shown.delivered_rate, shown.bounces_errors_rate) == (delivered_rate, 0.0)
    assert rows(store, about, Kpi.SENT, mode, START)["status"].to_list() == [status]


@pytest.mark.parametrize("mode", list(Mode))
def test_every_state_has_a_reading_in_every_mode(mode: Mode) -> None:
    """No state is left without a status."""
    assert set(READINGS[mode]) == set(State)


@pytest.mark.parametrize("mode", [Mode.WITH_EFS, Mode.CAMPAIGN_V8])
def test_a_log_without_feedback_refuses_the_modes_that_need_it(
    import_events: Callable[[list[Event]], Store], mode: Mode
) -> None:
    """Where nothing was accepted or deferred, the view with EFS is refused in a sentence, not invented."""
    store = import_events([Event(Kind.RELAYED, START, *MESSAGE), Event(Kind.BOUNCED, START + MINUTE, *MESSAGE)])
    with pytest.raises(NoDeliveryFeedbackError, match="no delivery feedback"):
        tile(store, delivery(store, "d1"), mode)
    assert tile(store, delivery(store, "d1"), Mode.WITHOUT_EFS).bounces_errors == 1
