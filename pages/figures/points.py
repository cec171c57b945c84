"""The points of a course: a row per moment, few enough to draw."""

from collections.abc import Mapping
from datetime import timedelta

import numpy as np
import pandas as pd

MOST_POINTS = 2000
"""More points than this in a trace only cost time."""

SHARES = ["delivered_rate", "bounces_errors_rate"]
"""The lines of the chart, as shares 0..1."""

_MINUTE = pd.Timedelta(minutes=1)
_MOMENTS = ["at", "age_minutes", "elapsed"]


def thinned(course: pd.DataFrame, most: int = MOST_POINTS) -> pd.DataFrame:
    """The rows in which any number moves, with the first and the last; where those are too many, evenly fewer."""
    moved = _moved(course.drop(columns=_MOMENTS, errors="ignore"))
    moved[[0, -1]] = True
    kept = np.flatnonzero(moved)
    if len(kept) > most:
        every = -(-len(kept) // (most - 1))
        kept = np.append(kept[:-1:every], kept[-1])
    return course.iloc[kept]


def last_change(course: pd.DataFrame) -> timedelta:
    """When a line of the chart moves for the last time, since the send or by age."""
    last = np.flatnonzero(_moved(course[SHARES]))[-1]
    return timedelta(seconds=course["elapsed"].iloc[last].total_seconds())


def with_row(course: pd.DataFrame, elapsed: timedelta, row: Mapping[str, float | None]) -> pd.DataFrame:
    """The course with a row at a moment, in place of one that is there. It holds the columns of the row and elapsed."""
    before, behind = (int(course["elapsed"].searchsorted(pd.Timedelta(elapsed), side)) for side in ("left", "right"))
    columns = {"elapsed": pd.Timedelta(elapsed).to_timedelta64(), **row}
    return pd.DataFrame(
        {
            name: np.concatenate([known[:before], np.array([value], dtype=known.dtype), known[behind:]])
            for name, value in columns.items()
            for known in [course[name].to_numpy()]
        }
    )


def sampled(course: pd.DataFrame, until: timedelta, most: int) -> pd.DataFrame:
    """The rows that hold at evenly spaced moments up to one, at most so many, and no closer than minutes."""
    start = course["elapsed"].iloc[0]
    end = max(pd.Timedelta(until), start)
    # Finer than the course is known, what came within a minute would look as if it came at its end.
    moments = pd.timedelta_range(start, end, periods=min(most, (end - start) // _MINUTE + 2))
    return course.iloc[course["elapsed"].searchsorted(moments, "right") - 1]


def _moved(numbers: pd.DataFrame) -> np.ndarray:
    """Which rows differ from the one before; the first does."""
    values = np.nan_to_num(numbers.to_numpy(dtype=float, na_value=np.nan), nan=-1)
    return np.append(True, (values[1:] != values[:-1]).any(axis=1))
