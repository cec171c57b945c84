"""The controls of the sidebar: what they choose, how they say it, and what of it stands in the link."""

import pytest

from analytics.kpis import Base
from data.deliveries import delivery
from pages.figures.time_axis import Axis
from pages.session.scrubber import frames
from pages.session.store import opened_store
from tests.pages.conftest import Opened
from tests.pages.logs import SETTLING_LOG, SILENT_LOG


def test_a_delivery_of_seconds_is_told_in_seconds(page: Opened) -> None:
    """Its whole course lies within the first minute, of which 0 min would say nothing."""
    header, relayed, *_ = SETTLING_LOG.splitlines(keepends=True)
    at = page(header + relayed + relayed.replace("relayed", "delivered").replace("08:00:00", "08:00:03"))
    assert any(caption.value == "+3 s = 2 Mar 2026 08:00:03 UTC" for caption in at.caption)


def test_the_age_of_a_moment_is_told_once_and_to_the_second(page: Opened) -> None:
    """Also at the end, which lies within a minute: the minutes of the scrubber go up to its end."""
    header, relayed, *_ = SETTLING_LOG.splitlines(keepends=True)
    at = page(header + relayed + relayed.replace("relayed", "delivered").replace("08:00:00", "09:05:01"))
    assert at.slider(key="at").value == 66
    assert any(caption.value == "+1 h 5 min 1 s = 2 Mar 2026 09:05:01 UTC" for caption in at.caption)
    at.slider(key="at").set_value(65).run()
    assert any(caption.value == "+1 h 5 min = 2 Mar 2026 09:05 UTC" for caption in at.caption)


def test_playing_walks_the_changes() -> None:
    """About sixty frames at most, the end among them."""
    assert frames([0, 3, 90], 180) == [3, 90, 180]
    assert len(frames(list(range(5000)), 5000)) <= 61


def test_choices_are_written_into_the_link(page: Opened) -> None:
    """Delivery, base and axis go by their own names; a default but the delivery's leaves no trace."""
    at = page(SETTLING_LOG, SILENT_LOG)
    assert dict(at.query_params) == {"delivery": "DM2"}
    at.selectbox(key="choice_delivery").set_value(delivery(opened_store(), "DM1")).run()
    at.selectbox(key="choice_base").set_value(Base.SENT).run()
    at.segmented_control(key="choice_axis").set_value(Axis.AGE).run()
    assert not at.exception
    assert dict(at.query_params) == {"delivery": "DM1", "base": "sent", "axis": "age"}


@pytest.mark.parametrize(("chosen", "shown"), [("22", 22), ("150", 90), ("180", 90)])
def test_another_delivery_is_shown_at_the_same_age(page: Opened, chosen: str, shown: int) -> None:
    """A chosen moment is so many minutes after the send, of whatever delivery; the end where one is not that old."""
    at = page(SETTLING_LOG, SILENT_LOG, delivery="DM1", at=chosen)
    at.selectbox(key="choice_delivery").set_value(delivery(opened_store(), "DM2")).run()
    assert not at.exception
    assert at.slider(key="at").value == shown
