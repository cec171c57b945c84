"""When validity periods end, as set or as the log names them."""

from collections.abc import Callable
from datetime import datetime

import pytest

from analytics.validity_ends import validity_ends
from data.deliveries import delivery
from data.store import Store

_HEADER = "kind,event_time,message_id,recipient,delivery_id,expires_at\n"


def _event(kind: str, clock: str, number: int, expires_at: str = "") -> str:
    return f"{kind},2026-03-{clock}:00Z,m{number},u{number}@one.example,d1,{expires_at}\n"


def test_the_last_end_is_the_later_of_setting_and_log(store: Store, import_text: Callable[..., object]) -> None:
    """An end that the log names counts from the moment at which it is told."""
    begun = _event("relayed", "01T10:00", 1, "2026-03-01T11:00:00Z")
    import_text(_HEADER + begun + _event("deferred", "01T10:30", 1, "2026-03-20T10:00:00Z"))
    about = delivery(store, "d1")
    assert validity_ends(store, about, about.started_at).of_all == about.ended_at
    assert validity_ends(store, about).of_all == validity_ends(store, about).of_retrying == datetime(2026, 3, 20, 10)


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ("01T10:20", None),
        ("01T10:30", datetime(2026, 3, 6, 10)),
        ("01T10:40", datetime(2026, 3, 9, 10)),
        ("01T10:50", datetime(2026, 3, 6, 10)),
    ],
)
def test_the_end_of_those_retrying_is_theirs(
    store: Store, import_text: Callable[..., object], clock: str, expected: datetime | None
) -> None:
    """Of the messages in retry at the moment alone: not of those in flight or settled, whenever they were relayed."""
    import_text(
        _HEADER
        + _event("relayed", "01T10:00", 1)
        + _event("relayed", "01T10:10", 2, "2026-03-09T10:00:00Z")
        + _event("relayed", "01T10:15", 3)
        + _event("deferred", "01T10:30", 1)
        + _event("deferred", "01T10:40", 2)
        + _event("delivered", "01T10:50", 2)
    )
    about = delivery(store, "d1")
    assert validity_ends(store, about, datetime.fromisoformat(f"2026-03-{clock}")).of_retrying == expected
