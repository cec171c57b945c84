"""Compute stats: the fold from scratch, and what it finds."""

from collections.abc import Callable
from datetime import datetime

import pytest

from analytics.modes import Mode
from analytics.tile import tile
from data.deliveries import delivery
from data.errors import DeliveryNotFoundError
from data.recomputation import recompute
from data.store import Store

LOG = """\
kind,event_time,message_id,recipient,delivery_id
relayed,2026-03-01T10:00:00Z,m1,a@one.example,d1
relayed,2026-03-01T10:00:00Z,m2,b@one.example,d1
delivered,2026-03-01T10:01:00Z,m1,a@one.example,d1
opened,2026-03-01T10:20:00Z,m1,a@one.example,d1
clicked,2026-03-01T11:10:00Z,m1,a@one.example,d1
opened,2026-03-01T11:40:00Z,m2,b@one.example,d1
"""


def test_nothing_differs_in_a_store_that_nobody_touched(store: Store, import_text: Callable[..., object]) -> None:
    """Folding a delivery from scratch gives what the store held, however often."""
    import_text(LOG)
    for _ in range(2):
        found = recompute(store, "d1")
        assert (found.messages, found.events, found.differences) == (2, 6, 0)
        assert found.stats_until == datetime(2026, 3, 1, 11, 40)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE transition_minute_count SET n = n + 1",
        "DELETE FROM transition_count WHERE to_state = 'delivered'",
        "UPDATE transition_age_count SET age_minutes = age_minutes + 1",
        "DELETE FROM transition WHERE to_state = 'delivered'",
        "UPDATE engagement SET opened_at = clicked_at",
        "UPDATE engagement_count SET opened = opened + 1",
    ],
)
def test_what_was_damaged_is_found_and_mended(store: Store, import_text: Callable[..., object], damage: str) -> None:
    """What no longer equals its log is reported, and right again afterwards."""
    import_text(LOG)
    recompute(store, "d1")
    before = tile(store, delivery(store, "d1"), Mode.WITH_EFS)
    with store.transaction() as cursor:
        cursor.execute(damage)
    assert recompute(store, "d1").differences > 0
    assert recompute(store, "d1").differences == 0
    assert tile(store, delivery(store, "d1"), Mode.WITH_EFS) == before


def test_it_brings_opens_and_clicks_up_to_the_last_row(store: Store, import_text: Callable[..., object]) -> None:
    """The tile's opens and clicks move on the hour; Compute stats brings them to the last moment observed."""
    import_text(LOG)

    def opened_and_clicked(at: datetime | None = None) -> tuple[int, int]:
        shown = tile(store, delivery(store, "d1"), Mode.WITHOUT_EFS, at)
        return shown.opened, shown.clicked

    before_the_hour, after_the_hour = datetime(2026, 3, 1, 10, 59), datetime(2026, 3, 1, 11, 0)
    assert (opened_and_clicked(before_the_hour), opened_and_clicked(after_the_hour)) == ((0, 0), (1, 0))
    assert opened_and_clicked() == (1, 0)
    recompute(store, "d1")
    assert opened_and_clicked() == (2, 1)
    assert opened_and_clicked(before_the_hour) == (0, 0)


def test_a_delivery_that_is_not_there_is_said(store: Store) -> None:
    """An unknown delivery gets a sentence."""
    with pytest.raises(DeliveryNotFoundError, match="There is no delivery d9"):
        recompute(store, "d9")
