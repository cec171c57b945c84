"""Courses small enough for the cell of a table."""

import numpy as np
import pandas as pd

_MOST = 30
_FINEST = 5 / 60


def sparklines(points: pd.DataFrame, rate: str) -> dict[int, list[float]]:
    """The course of a share by delivery_key: its values (0..1) at evenly spaced times from the send to the last moment
    observed. The first is the one that it starts with, the last the one that it has come to.

    points: analytics.comparison.course_points(), whose hours ascend within each delivery; rate: the share's column.
    """  # noqa: D205 - the values are the summary
    known = points.dropna(subset=rate)
    return {
        course["delivery_key"].iloc[0].item(): _held(course["hours"].to_numpy(), course[rate].to_numpy())
        for _, course in known.groupby("delivery_key", sort=False)
    }


def last_change(hours: np.ndarray, shares: np.ndarray, least: float = 0.0) -> float:
    """After how many hours a share was further from its last value than by so much for the last time."""
    away = np.flatnonzero(np.abs(shares - shares[-1]) > least)
    return float(hours[away[-1] + 1]) if len(away) else 0.0


def _held(hours: np.ndarray, shares: np.ndarray) -> list[float]:
    # Finer than the points are known, what came within the first step would look as if it came at its end.
    steps = int((hours[-1] - hours[0]) / _FINEST)
    at = np.linspace(hours[0], hours[-1], min(_MOST, steps + 2))
    held: list[float] = shares[np.searchsorted(hours, at, side="right") - 1].tolist()
    return held
