"""Courses small enough for the cell of a table."""

import numpy as np
import pandas as pd

_MOST = 30


def sparklines(points: pd.DataFrame, rate: str) -> dict[int, list[float]]:
    """The course of a share by delivery_key: its values (0..1) at evenly spaced times from the send to its last change.

    points: analytics.comparison.course_points(), whose hours ascend within each delivery; rate: the share's column.
    """
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
    at = np.linspace(hours[0], max(last_change(hours, shares), hours[0]), _MOST)
    held: list[float] = shares[np.searchsorted(hours, at, side="right") - 1].round(4).tolist()
    return held
