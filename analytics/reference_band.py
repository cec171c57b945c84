"""Is this normal at this age? A delivery against the band of others chosen for it. Pure pandas."""

from collections.abc import Container, Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.modes import NEEDS_FEEDBACK, Mode
from data.deliveries import Delivery

_ALIKE = 12
_SEEN = 3
"""Decimals of a share that are read as a percentage: shares that read the same are neither lower nor higher."""
MANY = 20
"""From so many deliveries on, the band leaves out the lowest and the highest tenth of them."""
Shares = npt.NDArray[np.float64]


def earlier_alike(
    deliveries: Iterable[Delivery], delivery: Delivery, mode: Mode, relaying: Container[int] = ()
) -> list[Delivery]:
    """The last deliveries before one that are of its channel and format and can answer in the mode; at most 12.

    relaying: the keys of those that are not relayed wholly yet, which are no measure.
    """
    alike = [
        other
        for other in deliveries
        if other.started_at < delivery.started_at
        and (other.channel, other.format) == (delivery.channel, delivery.format)
        and (mode not in NEEDS_FEEDBACK or other.has_delivery_feedback)
        and other.delivery_key not in relaying
    ]
    return sorted(alike, key=lambda other: other.started_at, reverse=True)[:_ALIKE]


def band(points: pd.DataFrame, rate: str) -> pd.DataFrame:
    """The range of a share among deliveries over the hours since the send.

    points: analytics.comparison.course_points() of them; rate: the column of the share. One row per time at which one
    of them has a point: hours, low, median and high (0..1) of those deliveries that are observed that long, and
    deliveries: how many those are. Low and high are the least and the most, of MANY deliveries the 10 % and 90 %.
    It ends where fewer than half of them are observed: what moved then would be who is counted, not what happened.
    """
    at = np.unique(points["hours"])
    each = points.groupby("delivery_key", sort=False)
    courses = [_held(course["hours"].to_numpy(), course[rate].to_numpy(), at) for _, course in each]
    shares = np.array(courses).reshape(len(courses), len(at))
    observed = (~np.isnan(shares)).sum(axis=0)
    told = (observed > 0) & (2 * observed >= len(courses))
    low, high = edges(len(courses))
    ranges = np.nanquantile(shares[:, told], [low, 0.5, high], axis=0) if told.any() else np.empty((3, 0))
    return pd.DataFrame(
        {
            "hours": at[told],
            **dict(zip(("low", "median", "high"), ranges, strict=True)),
            "deliveries": observed[told],
        }
    )


def edges(deliveries: int) -> tuple[float, float]:
    """Between which parts of so many deliveries the band lies."""
    return (0.1, 0.9) if deliveries >= MANY else (0.0, 1.0)


@dataclass(frozen=True)
class Placement:
    """Where a share stands among those of others. Shares 0..1; those that read the same as percentages are the same."""

    share: float
    low: float
    median: float
    high: float
    lower: int
    """Deliveries whose share is lower."""
    higher: int
    deliveries: int

    @property
    def is_below_all(self) -> bool:
        """Whether every other share is higher."""
        return self.higher == self.deliveries

    @property
    def is_above_all(self) -> bool:
        """Whether every other share is lower."""
        return self.lower == self.deliveries


def placement(share: float | None, others: pd.Series) -> Placement | None:
    """Where a share stands among others; None where there is nothing to compare. Low and high are least and most."""
    known = others.dropna().to_numpy(dtype=float)
    if share is None or not len(known):
        return None
    low, median, high = np.quantile(known, [0, 0.5, 1]).tolist()
    return Placement(
        share,
        low,
        median,
        high,
        lower=int((known.round(_SEEN) < round(share, _SEEN)).sum()),
        higher=int((known.round(_SEEN) > round(share, _SEEN)).sum()),
        deliveries=len(known),
    )


def _held(hours: Shares, shares: Shares, at: Shares) -> Shares:
    """A course at other times: the last known share, and none after the last moment observed."""
    held = shares[np.searchsorted(hours, at, side="right") - 1]
    return np.where(at <= hours[-1], held, np.nan)
