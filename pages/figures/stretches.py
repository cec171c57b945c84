"""What of a course is known at the chosen moment, what came later, and what is not known yet."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from pages.figures.time_axis import Axis, Marks
from pages.i18n.words import phrase

Numbers = npt.NDArray[np.int64]
Spans = npt.NDArray[np.timedelta64]


@dataclass(frozen=True)
class Look:
    """How a part of a line looks."""

    name: str
    """What it is called, after its line."""
    dash: str
    width: float
    opacity: float


_KNOWN = Look("{line}", "solid", 2.5, 1)
_LATER = Look(phrase("{line}, later"), "dot", 2.5, 0.6)
_UNKNOWN = Look(phrase("{line}, last known"), "dot", 1.5, 0.3)


@dataclass(frozen=True)
class Stretch:
    """A part of the course: which rows, and when. A row may stand for another moment at which it holds as well."""

    look: Look
    rows: Numbers
    elapsed: Spans


def stretches(elapsed: Spans, marks: Marks, kind: Axis) -> list[Stretch]:
    """What is known at the chosen moment, what came later, and what is not known yet. They meet in one point.

    By message age, known is what every message has lived to see.
    """
    border = _span(marks.observed_until - marks.relayed_until if kind is Axis.AGE else marks.age(marks.chosen))
    rows, place = np.arange(len(elapsed)), int(elapsed.searchsorted(border, "right"))
    open_end = _open_end(elapsed, marks, kind)
    if place in (0, len(elapsed)):
        known = [Stretch(_KNOWN, rows[: max(place, 1)], elapsed[: max(place, 1)])]
        return known + ([Stretch(_LATER, rows, elapsed)] if place == 0 else []) + open_end
    return [
        Stretch(_KNOWN, np.append(rows[:place], place - 1), np.append(elapsed[:place], border)),
        Stretch(_LATER, np.append(place - 1, rows[place:]), np.append(border, elapsed[place:])),
        *open_end,
    ]


def _open_end(elapsed: Spans, marks: Marks, kind: Axis) -> list[Stretch]:
    """The last known values from the end of the data to that of the validity period, while something is open."""
    end, last = _span(marks.age(marks.observed_until if kind is Axis.AGE else marks.ended_at)), len(elapsed) - 1
    if marks.is_final or end <= elapsed[-1]:
        return []
    return [Stretch(_UNKNOWN, np.array([last, last]), np.array([elapsed[-1], end]))]


def _span(span: timedelta) -> np.timedelta64:
    return pd.Timedelta(span).to_timedelta64()
