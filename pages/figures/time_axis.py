"""What runs along the time axis of a delivery, and which moments are marked on it."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from pages.i18n.formats import axis_day_format
from pages.i18n.words import phrase, words

_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)
_MOST_MINUTES = timedelta(hours=2)
"""Up to so long an axis counts in minutes: in hours, its ticks would be 0.05, 0.1, 0.15."""
_SHORTEST = timedelta(minutes=10)
_DAY = 24
_MOST_DAYS = 14
"""More ticks of a day than this would be crowded."""
_SMALL_PART = 0.1
_DAY_MILLISECONDS = 86_400_000
Place = float | datetime


class Axis(StrEnum):
    """The time axes. The values stand in the URL."""

    SEND = "send"
    AGE = "age"
    CLOCK = "clock"


_TITLES = {
    Axis.SEND: phrase("Hours since the send"),
    Axis.AGE: phrase("Age of the message, hours"),
    Axis.CLOCK: phrase("Clock, UTC"),
}
_MINUTE_TITLES = {
    Axis.SEND: phrase("Minutes since the send"),
    Axis.AGE: phrase("Age of the message, minutes"),
    Axis.CLOCK: _TITLES[Axis.CLOCK],
}


@dataclass(frozen=True)
class Note:
    """What somebody noted of a moment (UTC), or of a time where it has an end. The text is anybody's, so no markup."""

    begins: datetime
    ends: datetime | None
    text: str


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
    annotations: tuple[Note, ...] = ()

    def age(self, moment: datetime) -> timedelta:
        """How long after the start a moment is."""
        return moment - self.started_at

    @property
    def period(self) -> timedelta:
        """From the start to the latest of validity end, late-bounce end and the end of the data."""
        return self.age(max(self.late_bounces_until, self.ended_at, self.observed_until))


@dataclass(frozen=True)
class TimeAxis:
    """A time axis of a delivery's figure. Moments are given as elapsed since the start, or as the message's age."""

    kind: Axis
    marks: Marks
    end: timedelta
    zoomed: bool = False

    def place(self, elapsed: timedelta) -> Place:
        """Where a moment lies, in the axis' own unit."""
        return self.marks.started_at + elapsed if self.kind is Axis.CLOCK else elapsed / self._unit

    def places(self, elapsed: npt.NDArray[np.timedelta64], decimals: int) -> list[float] | list[str]:
        """Where moments lie: hours or minutes with so many decimals, or moments in ISO's words, to the millisecond."""
        if self.kind is Axis.CLOCK:
            moments = np.datetime64(self.marks.started_at) + elapsed
            return [str(moment) for moment in np.datetime_as_string(moments, "ms")]
        numbers: list[float] = (elapsed / np.timedelta64(self._unit)).round(decimals).tolist()
        return numbers

    def layout(self) -> dict[str, object]:
        """The axis as plotly has it."""
        hover = (
            {"hoverformat": f"{axis_day_format()} %H:%M UTC"}
            if self.kind is Axis.CLOCK
            else {"unifiedhovertitle": {"text": "%{x:.1f} min" if self._is_short else "%{x:.2f} h"}}
        )
        bounds = [self.place(timedelta(0)), self.place(self.end)]
        title = {"text": words((_MINUTE_TITLES if self._is_short else _TITLES)[self.kind])}
        return {"title": title, "range": bounds, "showgrid": False, **self._ticks(), **hover}

    @property
    def _is_short(self) -> bool:
        return self.end <= _MOST_MINUTES

    @property
    def _unit(self) -> timedelta:
        return _MINUTE if self._is_short else _HOUR

    def _ticks(self) -> dict[str, object]:
        if self.kind is Axis.CLOCK:
            return {"tickformatstops": clock_ticks()}
        if self.zoomed:
            return {}
        days = self.end / timedelta(days=1)
        return {"tick0": 0, "dtick": _DAY * max(1, math.ceil(days / _MOST_DAYS))}


def clock_ticks() -> list[dict[str, object]]:
    """The ticks of a clock, as plotly has them: the day stands below the hours, or alone."""
    day = axis_day_format()
    return [
        {"dtickrange": [None, _DAY_MILLISECONDS - 1], "value": f"%H:%M\n{day}"},
        {"dtickrange": [_DAY_MILLISECONDS, None], "value": day},
    ]


def time_axis(kind: Axis, marks: Marks, last_change: timedelta, *, zoomed: bool) -> TimeAxis:
    """An axis with every mark on it; zoomed, one up to the last change of a line or the chosen moment."""
    if not zoomed:
        return TimeAxis(kind, marks, marks.period)
    chosen = timedelta(0) if kind is Axis.AGE else marks.age(marks.chosen)
    return TimeAxis(kind, marks, max(last_change * 1.05, chosen, _SHORTEST), zoomed=True)


def is_better_zoomed(marks: Marks, last_change: timedelta) -> bool:
    """Whether the whole axis would show little: the delivery is young, or all moved within a small part of it."""
    is_young = marks.age(marks.observed_until) < marks.age(marks.ended_at) * _SMALL_PART
    return is_young or last_change < marks.period * _SMALL_PART
