"""The rules of quarantine, one by one."""

from datetime import datetime, timedelta

import pandas as pd
import pytest

from analytics.quarantine import Effect, Standing, standing
from data.events import Kind

START = datetime.fromisoformat("2026-03-02T23:00")
DAY = timedelta(days=1)
Told = tuple[float, Kind, str | None]
"""Days since the start, kind, failure type."""


def _standing(*told: Told, after_days: float = 0) -> Standing:
    """How an address stands so many days after the last event."""
    events = pd.DataFrame(
        {
            "kind": [kind.value for _, kind, _ in told],
            "event_time": pd.to_datetime([START + days * DAY for days, *_ in told]),
            "failure_type": [failure_type for *_, failure_type in told],
        }
    )
    last = max((days for days, *_ in told), default=0)
    return standing(events, START + (last + after_days) * DAY)


def _deferred(*days: float) -> list[Told]:
    return [(day, Kind.DEFERRED, None) for day in days]


def _effects(shown: Standing) -> list[str]:
    return shown.errors["effect"].tolist()


def test_a_hard_bounce_quarantines_at_once() -> None:
    """And for good: neither an acceptance nor a quiet time takes it back."""
    shown = _standing((0, Kind.BOUNCED, "hard"), (1, Kind.DELIVERED, None), (2, Kind.DEFERRED, None), after_days=100)
    assert (shown.quarantined_at, shown.cause) == (START, Effect.HARD)
    assert _effects(shown) == ["hard", "afterwards"]
    assert shown.resets_at is None


def test_the_fifth_soft_error_quarantines() -> None:
    """Four are borne."""
    four = _standing(*_deferred(0, 1, 2, 3))
    assert (four.quarantined_at, four.cause, four.counter) == (None, None, 4)
    five = _standing(*_deferred(0, 1, 2, 3, 4))
    assert (five.quarantined_at, five.cause, five.counter) == (START + 4 * DAY, Effect.FIFTH, 5)


def test_one_soft_error_counts_a_day() -> None:
    """A day is one in UTC: the start is an hour before midnight."""
    within = _standing(*_deferred(0, 0.02, 0.05, 0.5, 1.03, 1.05))
    assert _effects(within) == ["counted", "same_day", "counted", "same_day", "same_day", "counted"]
    assert within.errors["counter"].tolist() == [1, 1, 2, 2, 2, 3]


def test_the_counter_begins_again_after_ten_days() -> None:
    """Without any error, counted or not, to the second."""
    second = 1 / 86400
    assert _standing(*_deferred(0, 1, 2, 3, 13 - second)).quarantined_at == START + (13 - second) * DAY
    again = _standing(*_deferred(0, 1, 2, 3, 13))
    assert (again.quarantined_at, again.counter) == (None, 1)
    kept = _standing(*_deferred(0, 0.03, 10.01))
    assert kept.counter == 2


@pytest.mark.parametrize(("after_days", "counter", "resets_after"), [(0, 2, 11), (9.99, 2, 11), (10, 0, None)])
def test_a_quiet_time_forgets_the_errors(after_days: float, counter: int, resets_after: float | None) -> None:
    """And it is told when it will."""
    shown = _standing(*_deferred(0, 1), after_days=after_days)
    assert shown.counter == counter
    assert shown.resets_at == (None if resets_after is None else START + resets_after * DAY)


@pytest.mark.parametrize(
    ("kind", "failure_type", "counts"),
    [
        (Kind.DEFERRED, None, True),
        (Kind.EXPIRED, None, True),
        (Kind.BOUNCED, "soft", True),
        (Kind.BOUNCED, "block", True),
        (Kind.BOUNCED, "undetermined", True),
        (Kind.BOUNCED, "admin", False),
        (Kind.FAILED, None, False),
        (Kind.REJECTED, "hard", False),
        (Kind.CANCELLED, None, False),
        (Kind.COMPLAINED, None, False),
        (Kind.DELIVERED, None, False),
        (Kind.OPENED, None, False),
    ],
)
def test_what_counts_as_a_soft_error(kind: Kind, failure_type: str | None, counts: bool) -> None:
    """Every error of the address that is not known to be hard; nothing that the sender's own side did."""
    assert _effects(_standing((0, kind, failure_type))) == (["counted"] if counts else [])


def test_only_what_is_known_at_the_moment_counts() -> None:
    """The standing is as of a moment."""
    told = _deferred(0, 1, 2, 3, 4)
    assert _standing(*told, after_days=-1).counter == 4
    assert _standing(*told, after_days=-1).quarantined_at is None


def test_an_address_without_errors_stands_well() -> None:
    """Nothing is counted and nothing is to be forgotten."""
    for shown in (_standing(), _standing((0, Kind.DELIVERED, None))):
        assert (shown.quarantined_at, shown.cause, shown.counter, shown.resets_at) == (None, None, 0, None)
        assert shown.errors.empty


def test_an_error_names_its_event() -> None:
    """So that the table of errors can say which one it was."""
    shown = _standing((0, Kind.RELAYED, None), (1, Kind.DEFERRED, None), (2, Kind.BOUNCED, "hard"))
    assert shown.errors["place"].tolist() == [1, 2]
