"""How the times of an event log are read."""

from collections.abc import Callable
from datetime import datetime

import pytest

from data.report import ImportReport
from data.store import Store

EIGHT = datetime(2026, 3, 2, 8)


@pytest.mark.parametrize(
    ("written", "timezone", "read"),
    [
        ("2026-03-02T08:00:00Z", None, EIGHT),
        ("2026-03-02t08:00:00z", "Europe/Berlin", EIGHT),
        ("2026-03-02 08:00:00+00:00", None, EIGHT),
        ("2026-03-02T09:00:00+0100", "America/New_York", EIGHT),
        ("2026-03-02T09:00:00 +01:00 ", None, EIGHT),
        ("2026-03-02T03:00:00-05", None, EIGHT),
        ('"2026-03-02T08:00:00,250Z"', None, EIGHT.replace(microsecond=250_000)),
        ("2026-03-02T08:00", None, EIGHT),
        ("2026-03-02T09:00:00", "Europe/Berlin", EIGHT),
        ("2026-07-02T10:00:00", "Europe/Berlin", datetime(2026, 7, 2, 8)),
    ],
)
def test_a_time_is_read_in_its_own_zone_else_in_the_declared_one(
    store: Store, import_text: Callable[..., ImportReport], written: str, timezone: str | None, read: datetime
) -> None:
    """Z and offsets are kept, a time without them is local to --timezone, and one without either is marked assumed."""
    report = import_text(
        f"kind,event_time,message_id,recipient,delivery_id\nrelayed,{written},m1,a@x.example,d\n", timezone=timezone
    )
    with store.cursor() as cursor:
        told = cursor.execute("SELECT event_time, time_assumed FROM event").fetchall()
    assert told == [(read, written == "2026-03-02T08:00")]
    assert report.time_assumed == told[0][1]
