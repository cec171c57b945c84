"""What runs along the time axis of a delivery, and which moments are marked on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import pandas as pd

_HOUR = timedelta(hours=1)
_SHORTEST = timedelta(minutes=10)
Place = float | datetime


class Axis(StrEnum):
    """The time axes. The values stand in the URL."""

    SEND = "send"
    AGE = "age"
    CLOCK = "clock"


_TITLES = {Axis.SEND: "Hours since the send", Axis.AGE: "Age of the message, hours", Axis.CLOCK: "Clock, UTC"}


@dataclass(frozen=True)
class Marks:
    """Moments of a delivery (UTC), and what is chosen."""

    started_at: datetime
    relayed_until: datetime
    ended_at: datetime
    late_bounces_until: datetime
    observed_until: datetime
    chosen: datetime
    is_final: bool
    """Whether nothing more can happen within the validity period, as far as is observed."""

    def age(self, moment: datetime) -> timedelta:
        """How long after the start a moment is."""
        return moment - self.started_at

    @property
    def period(self) -> timedelta:
        """From the start to the later of validity end and late-bounce end."""
        return self.age(max(self.late_bounces_until, self.ended_at))


@dataclass(frozen=True)
class TimeAxis:
    """A time axis of a delivery's figure. Moments are given as elapsed since the start, or as the message's age."""

    kind: Axis
    marks: Marks
    end: timedelta

    def place(self, elapsed: timedelta) -> Place:
        """Where a moment lies, in the axis' own unit."""
        return self.marks.started_at + elapsed if self.kind is Axis.CLOCK else elapsed / _HOUR

    def places(self, elapsed: Iterable[timedelta]) -> list[Place]:
        """Where moments lie."""
        return [self.place(one) for one in elapsed]

    def layout(self) -> dict[str, object]:
        """The axis as plotly has it."""
        hover = (
            {"hoverformat": "%-d %b %Y %H:%M UTC"}
            if self.kind is Axis.CLOCK
            else {"unifiedhovertitle": {"text": "%{x:.2f} h"}}
        )
        bounds = [self.place(timedelta(0)), self.place(self.end)]
        return {"title": _TITLES[self.kind], "range": bounds, "showgrid": False, **hover}


def time_axis(kind: Axis, marks: Marks, elapsed: pd.Series, *, zoomed: bool) -> TimeAxis:
    """An axis with both marks on it; zoomed, one of what happened alone. elapsed: of the points drawn, ascending."""
    if not zoomed:
        return TimeAxis(kind, marks, marks.period)
    moments = [one.to_pytimedelta() for one in elapsed.iloc[-2:]]
    return TimeAxis(kind, marks, max(min(moments[0] * 1.05, moments[-1]), _SHORTEST))
