"""Height axes that are fitted to their lines."""

from datetime import datetime, timedelta

import pandas as pd
import pytest

from pages.figures.colours import LIGHT
from pages.figures.course import course_figure
from pages.figures.heights import fitted
from pages.figures.time_axis import Axis, Marks

_START = datetime.fromisoformat("2026-03-02T08:00")
_HOUR = timedelta(hours=1)
_MARKS = Marks(
    started_at=_START,
    relayed_until=_START,
    ended_at=_START + 84 * _HOUR,
    late_bounces_until=_START + 168 * _HOUR,
    observed_until=_START + 3 * _HOUR,
    chosen=_START + 2 * _HOUR,
    is_final=False,
)


@pytest.mark.parametrize("share", [0, 0.001, 0.5, 0.999, 1])
def test_a_fitted_share_goes_little_beyond_all_or_nothing(share: float) -> None:
    """A line that never moves: no tick below 0 or above 100 %, and the line itself within the plot."""
    delivered = pd.DataFrame({"delivered": [100 * share] * 3, "delivered_rate": share})
    failed = pd.DataFrame({"bounces_errors": [100 - 100 * share] * 3, "bounces_errors_rate": 1 - share})
    course = pd.concat([delivered, failed], axis=1).assign(elapsed=pd.to_timedelta(range(3), unit="h"))
    figure = course_figure(course, _MARKS, Axis.SEND, LIGHT, _HOUR, zoomed=True).checked()
    for axis, value in ((figure.layout.yaxis, share), (figure.layout.yaxis2, 1 - share)):
        low, high = axis.range
        assert low < value * 100 < high
        assert low > -(high - low) / 50
        assert high < 100 + (high - low) / 50


def test_every_move_is_within_the_bounds() -> None:
    """With room on both sides, except where nothing can be beyond."""
    assert fitted(20, 40, 0.2, 100) == [19, 41]
    assert fitted(0, 1000, 2) == pytest.approx([-10.5, 1050])
