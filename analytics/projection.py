"""Where a delivery may end: as others did that had as much open at the same time. Pure pandas."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.kpis import Base
from analytics.modes import Kpi

_ENOUGH_OPEN = 0.1
"""The least share of messages open that tells of the end of others, as a part of theirs: stragglers end otherwise."""


@dataclass(frozen=True)
class Projection:
    """An estimate of a final share: the median and the range of what the others' ways to the end make of it."""

    low: float
    median: float
    high: float
    deliveries: int


@dataclass(frozen=True)
class Now:
    """Messages of a delivery at a moment by state, whatever the mode."""

    to_deliver: int
    sent: int
    waiting: int
    """Not relayed yet."""
    in_flight: int
    retrying: int
    accepted: int
    failed: int

    @property
    def open(self) -> int:
        """Those whose end is not known."""
        return self.waiting + self.in_flight + self.retrying


def projection(now: Now, then: pd.DataFrame, finals: pd.DataFrame, kpi: Kpi, base: Base) -> Projection | None:
    """Where a share of a delivery ends if its open messages end like those that the others had open at the same time.

    then: analytics.comparison.tiles_after() of the others at that time, finals: last_tiles() of those that are final,
    both indexed by delivery_key and in the mode; kpi: Delivered or Bounces + errors; base: what it is divided by.
    What is settled stays, so, late corrections aside, the delivery can still reach what is estimated. None where it has
    not begun or has nothing open, or where none of the others that are final tells anything: because it had not begun,
    or had less than a tenth as much open.
    """
    if not now.sent or not now.open:
        return None
    open_then = then[["waiting", "in_flight", "retrying"]].sum(axis=1)
    tells = (then["sent"] > 0) & (open_then / then["to_deliver"] >= _ENOUGH_OPEN * now.open / now.to_deliver)
    keys = then.index[tells].intersection(finals.index)
    ends = _ends(now, _parts(then.loc[keys], open_then.loc[keys], finals.loc[keys]))
    bases = {
        Base.TO_DELIVER: pd.Series(now.to_deliver, index=keys),
        Base.SENT: ends["sent"],
        Base.REPORTED: ends[Kpi.DELIVERED] + ends[Kpi.BOUNCES_ERRORS],
    }
    shares = (ends[kpi] / bases[base]).dropna().to_numpy(dtype=float)
    if not len(shares):
        return None
    low, median, high = np.quantile(shares, [0, 0.5, 1]).tolist()
    return Projection(low, median, high, len(shares))


def _parts(then: pd.DataFrame, open_then: pd.Series, finals: pd.DataFrame) -> pd.DataFrame:
    """Of the messages that were open: the parts that count as delivered and as failed in the end, or never left."""
    withdrawn = then["to_deliver"] - then["sent"] - then["waiting"]
    ended = {
        Kpi.DELIVERED: finals[Kpi.DELIVERED] - then["accepted"],
        Kpi.BOUNCES_ERRORS: finals[Kpi.BOUNCES_ERRORS] - then["failed"],
        "unsent": finals["to_deliver"] - finals["sent"] - withdrawn,
    }
    parts = pd.DataFrame(ended).astype(float).div(open_then, axis=0).clip(0, 1)
    # A late correction fails messages that were not open then.
    most = 1 - parts[Kpi.DELIVERED] - parts["unsent"]
    return parts.assign(**{Kpi.BOUNCES_ERRORS: parts[Kpi.BOUNCES_ERRORS].clip(upper=most)})


def _ends(now: Now, parts: pd.DataFrame) -> pd.DataFrame:
    """Messages in the end, if the parts of others are those of a delivery."""
    ended = parts * now.open
    return pd.DataFrame(
        {
            Kpi.DELIVERED: now.accepted + ended[Kpi.DELIVERED],
            Kpi.BOUNCES_ERRORS: now.failed + ended[Kpi.BOUNCES_ERRORS],
            "sent": (now.sent + now.waiting - ended["unsent"]).clip(lower=now.sent),
        }
    )
