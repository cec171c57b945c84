"""The tile: bases, test profiles, and until when a log may speak."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from analytics.kpis import Base
from analytics.modes import Mode
from analytics.tile import age_series, tile
from data.deliveries import delivery
from data.store import Store

HEADER = "kind,event_time,message_id,recipient,delivery_id,test_profile\n"
# Four to deliver: accepted, bounced, in flight, not yet relayed; one excluded, and one test profile relayed before.
LOG = (
    HEADER
    + """\
relayed,2026-03-01T09:00:00Z,t,test@one.example,d1,true
targeted,2026-03-01T09:30:00Z,m4,d@one.example,d1,
rejected,2026-03-01T09:30:00Z,m5,e@one.example,d1,
relayed,2026-03-01T10:00:00Z,m1,a@one.example,d1,
relayed,2026-03-01T10:00:00Z,m2,b@one.example,d1,
relayed,2026-03-01T10:05:00Z,m3,c@one.example,d1,
delivered,2026-03-01T10:10:00Z,m1,a@one.example,d1,
bounced,2026-03-01T10:20:00Z,m2,b@one.example,d1,
"""
)
RETRYING = (
    HEADER
    + """\
relayed,2026-03-01T10:00:00Z,m1,a@one.example,d1,
deferred,2026-03-01T10:01:00Z,m1,a@one.example,d1,
"""
)


@pytest.mark.parametrize(
    ("mode", "base", "delivered_rate", "bounces_errors_rate"),
    [
        (Mode.WITH_EFS, None, 1 / 4, 1 / 4),
        (Mode.WITH_EFS, Base.SENT, 1 / 3, 1 / 3),
        (Mode.WITH_EFS, Base.REPORTED, 1 / 2, 1 / 2),
        (Mode.WITHOUT_EFS, None, 2 / 3, 1 / 3),
        (Mode.WITHOUT_EFS, Base.TO_DELIVER, 2 / 4, 1 / 4),
        (Mode.WITHOUT_EFS, Base.REPORTED, 2 / 3, 1 / 3),
    ],
)
def test_a_share_is_of_its_base(
    store: Store,
    import_text: Callable[..., object],
    mode: Mode,
    base: Base | None,
    delivered_rate: float,
    bounces_errors_rate: float,
) -> None:
    """Each mode has a base of its own, and any base can be asked for in either."""
    import_text(LOG)
    shown = tile(store, delivery(store, "d1"), mode, base=base)
    assert (shown.delivered_rate, shown.bounces_errors_rate) == (delivered_rate, bounces_errors_rate)


def test_test_profiles_and_exclusions_are_outside_to_deliver(store: Store, import_text: Callable[..., object]) -> None:
    """To deliver holds neither, unless test profiles are asked for; a proof sent before does not move the start."""
    import_text(LOG)
    about = delivery(store, "d1")
    assert about.started_at == datetime(2026, 3, 1, 10)
    assert tile(store, about, Mode.WITH_EFS).to_deliver == 4
    with_tests = tile(store, about, Mode.WITH_EFS, with_test_profiles=True)
    assert (with_tests.to_deliver, with_tests.sent) == (5, 4)


def test_a_share_of_nothing_is_no_share(store: Store, import_text: Callable[..., object]) -> None:
    """Before anything is sent, the share of what was sent is unknown, not 0."""
    import_text(LOG)
    shown = tile(store, delivery(store, "d1"), Mode.WITHOUT_EFS, datetime(2026, 3, 1, 9))
    assert (shown.sent, shown.delivered_rate, shown.open_rate) == (0, None, None)


def test_nobody_expires_before_the_log_speaks_of_the_end(store: Store, import_text: Callable[..., object]) -> None:
    """A log that ends while a message is in retry says retrying; one that goes on past the end says failed."""
    import_text(RETRYING, "first.csv", validity_hours=2.0)
    asked = datetime(2026, 3, 9)
    first = tile(store, delivery(store, "d1"), Mode.WITHOUT_EFS, asked)
    assert (first.at, first.bounces_errors) == (datetime(2026, 3, 1, 10, 1), 0)
    import_text(RETRYING + "relayed,2026-03-01T15:00:00Z,m2,b@one.example,d1,\n", "later.csv", validity_hours=2.0)
    later = delivery(store, "d1")
    assert tile(store, later, Mode.WITHOUT_EFS, asked).bounces_errors == 1
    assert tile(store, later, Mode.WITHOUT_EFS, datetime(2026, 3, 1, 11, 59)).bounces_errors == 0
    assert tile(store, later, Mode.WITHOUT_EFS, datetime(2026, 3, 1, 12)).bounces_errors == 1


def test_a_later_validity_period_moves_the_expiry(store: Store, import_text: Callable[..., object]) -> None:
    """The validity declared last holds for the whole delivery, also for what was imported before."""
    import_text(RETRYING + "relayed,2026-03-01T15:00:00Z,m2,b@one.example,d1,\n", "first.csv", validity_hours=2.0)
    assert tile(store, delivery(store, "d1"), Mode.WITHOUT_EFS).bounces_errors == 1
    import_text(HEADER + "relayed,2026-03-01T15:01:00Z,m3,c@one.example,d1,\n", "next.csv", validity_hours=48.0)
    about = delivery(store, "d1")
    assert about.ended_at - about.started_at == timedelta(hours=48 + 5, minutes=1)
    assert tile(store, about, Mode.WITHOUT_EFS).bounces_errors == 0


def test_by_message_age_every_message_starts_at_zero(store: Store, import_text: Callable[..., object]) -> None:
    """However long the relay takes, all messages sent are at age 0, and an acceptance counts at its own age."""
    import_text(LOG)
    by_age = age_series(store, delivery(store, "d1"), Mode.WITH_EFS).set_index("age_minutes")
    assert by_age["sent"].to_list() == [3, 3, 3]
    assert by_age["delivered"].to_dict() == {0: 0, 10: 1, 20: 1}
    assert by_age["bounces_errors"].to_dict() == {0: 0, 10: 0, 20: 1}
