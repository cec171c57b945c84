"""What the figure of a delivery among others shows, and how much of it."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from pages.figures.sparklines import last_change
from pages.figures.time_axis import Note

_SETTLED = 0.001
"""A course that stays within so much of its last value adds nothing to look at."""
_ROOM = 1.08
_STEEP_PART = 0.25
"""The part of the axis in which courses may rise so steeply that all else would be flat."""


@dataclass(frozen=True)
class Seen:
    """What the figure shows of one share (0..1) of deliveries, over hours since the send."""

    name: str
    """The share's, in the language spoken."""
    started_at: datetime
    """When the delivery was sent (UTC)."""
    current: pd.DataFrame
    """The delivery's own course: hours, share."""
    at: float
    """Up to how many hours it is known at the chosen moment."""
    others: list[tuple[str, pd.DataFrame]]
    """The labels of the others and their courses; none where they are too many to draw."""
    band: pd.DataFrame
    """hours, low, median, high (analytics.reference_band.band)."""
    colour: str
    projected: tuple[float, float, float] | None = None
    """Low, median and high of the final share, as an estimate."""
    notes: tuple[Note, ...] = ()
    """What is noted of the delivery, whose own hours these moments lie on."""

    def parted(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The delivery's course up to the chosen moment and after it; they meet there."""
        course = self.current
        known = course[course["hours"] <= self.at]
        meeting = pd.DataFrame({"hours": [self.at], "share": known["share"].tail(1).tolist() or [np.nan]})
        later = course[course["hours"] > self.at]
        return pd.concat([known, meeting]), pd.concat([meeting, later]) if len(later) else later


def end_of(seen: Seen, *, zoomed: bool) -> float:
    """Where the time axis ends: when the last course has settled; else when the last one is known."""
    # The median of many stands for their courses; of few it moves where one of them ends.
    courses = [
        seen.current,
        *([course for _, course in seen.others] or [seen.band.rename(columns={"median": "share"})]),
    ]
    known = [course.dropna(subset="share") for course in courses]
    if not zoomed:
        return max((float(course["hours"].iloc[-1]) for course in known if len(course)), default=1.0)
    settled = [_settled(course) for course in known if len(course)]
    return max([1.0, *settled]) * _ROOM


def _settled(course: pd.DataFrame) -> float:
    return last_change(course["hours"].to_numpy(), course["share"].to_numpy(), _SETTLED)


def fitted_shares(seen: Seen, end: float) -> list[float]:
    """Bounds in percent that hold all that is seen once the steepest is over, and the estimate."""
    past = [course[course["hours"] >= end * _STEEP_PART] for course in _courses(seen)]
    band = seen.band[seen.band["hours"] >= end * _STEEP_PART]
    known = pd.concat([*(course["share"] for course in past), band["low"], band["high"]]).dropna().tolist()
    last = seen.current["share"].dropna().tail(1).tolist() + seen.band["median"].tail(1).tolist()
    shares = [*known, *last, *(seen.projected or ())]
    if not shares:
        return [0, 100]
    margin = max((max(shares) - min(shares)) * 8, 0.5)
    return [max(min(shares) * 100 - margin, -1), min(max(shares) * 100 + margin, 101)]


def _courses(seen: Seen) -> list[pd.DataFrame]:
    return [seen.current, *(course for _, course in seen.others)]
