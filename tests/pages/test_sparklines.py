"""Courses beside a figure and in the cell of a table."""

from datetime import timedelta

import pandas as pd
import pytest

from pages.figures.points import sampled
from pages.figures.sparklines import sparklines
from tests.pages.conftest import Opened
from tests.pages.logs import SETTLING_LOG


def drawn_course(*points: tuple[float, float]) -> list[float]:
    """The sparkline of a course of hours and shares."""
    rated = pd.DataFrame(points, columns=["hours", "rate"]).assign(delivery_key=3)
    return sparklines(rated, "rate").get(3, [])


def test_a_sparkline_follows_the_course_in_time() -> None:
    """Evenly from the send to the last moment observed, each value held until the next; without a share none."""
    drawn = drawn_course((0, 0.0), (10, 0.5), (20, 0.94736), (40, 0.94736))
    assert (drawn[0], drawn[-1]) == (0, 0.94736)
    assert drawn.count(0.5) == pytest.approx(len(drawn) / 4, abs=1)
    assert drawn.count(0.94736) == pytest.approx(len(drawn) / 2, abs=1)
    assert drawn_course((0, float("nan"))) == []


def test_a_sparkline_shows_a_quick_send_as_quick() -> None:
    """Accepted within seconds and observed for a day: up at once and flat. With no more known, a straight line."""
    drawn = drawn_course((0, 0.0), (5 / 60, 1.0), (24, 1.0))
    assert drawn == [0, *[1] * (len(drawn) - 1)]
    assert drawn_course((0, 0.0), (20 / 3600, 1.0)) == [0, 1]


@pytest.mark.parametrize(("minutes", "points", "shown"), [(30, 30, 0.6), (13, 15, 0.4)])
def test_the_sparkline_of_a_figure_leads_to_it(page: Opened, minutes: int, points: int, shown: float) -> None:
    """From the start to the figure shown, which stands there once: evenly in time, and no closer than minutes."""
    at = page(SETTLING_LOG, at=str(minutes))
    drawn = next(list(metric.proto.chart_data) for metric in at.metric if metric.label == "Delivered, course")
    assert len(drawn) == points
    assert (drawn[0], drawn[-1]) == (0, shown)


@pytest.mark.parametrize(("seconds", "samples"), [(0, 2), (20, 2), (90, 3), (86_400, 30)])
def test_samples_are_no_closer_than_minutes(seconds: int, samples: int) -> None:
    """What came within the first minute is not drawn as if it came at its end."""
    known = pd.DataFrame({"elapsed": pd.to_timedelta([0, 60], unit="s"), "delivered_rate": [0.0, 1.0]})
    assert len(sampled(known, timedelta(seconds=seconds), 30)) == samples
