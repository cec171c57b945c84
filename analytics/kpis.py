"""KPIs of the Deployment tile from counts of messages by state. Pure numpy."""

from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from analytics.modes import Kpi, Mode, states_counting_as

Counts = dict[str, npt.NDArray[np.int64]]
"""Columns of messages, an element per moment, or whatever else they are counted by."""

STATE_KPIS = (Kpi.DELIVERED, Kpi.BOUNCES_ERRORS, Kpi.PENDING, Kpi.CANCELED)


class Base(StrEnum):
    """What Delivered and Bounces + errors are divided by."""

    TO_DELIVER = "to-deliver"
    SENT = "sent"
    REPORTED = "reported"


DEFAULT_BASE = {Mode.WITH_EFS: Base.TO_DELIVER, Mode.CAMPAIGN_V8: Base.TO_DELIVER, Mode.WITHOUT_EFS: Base.SENT}


def kpis(state_counts: Counts, mode: Mode, base: Base | None = None) -> dict[str, npt.NDArray[Any]]:
    """KPIs of every moment under a mode, as columns.

    state_counts: a column of message counts per State, and to_deliver, sent, opened, clicked.
    base: of delivered_rate and bounces_errors_rate; by default that of the mode's tile.
    Returns the counts to_deliver, sent, delivered, bounces_errors, pending, canceled, opened, clicked and base_count,
    and the shares (0..1, NaN where the base is 0) sent_rate, delivered_rate, bounces_errors_rate, open_rate and
    click_through_rate.
    """
    counts = {name: state_counts[name] for name in ("to_deliver", "sent")}
    for kpi in STATE_KPIS:
        counts[kpi.value] = np.sum([state_counts[state] for state in states_counting_as(kpi, mode)], axis=0)
    counts |= {name: state_counts[name] for name in ("opened", "clicked")}
    counts["base_count"] = _base_count(counts, base or DEFAULT_BASE[mode])
    return counts | {
        "sent_rate": share(counts["sent"], counts["to_deliver"]),
        "delivered_rate": share(counts["delivered"], counts["base_count"]),
        "bounces_errors_rate": share(counts["bounces_errors"], counts["base_count"]),
        "open_rate": share(counts["opened"], counts["delivered"]),
        "click_through_rate": share(counts["clicked"], counts["delivered"]),
    }


def share(count: npt.NDArray[np.int64], base: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Count ÷ base as a share (0..1); NaN where the base is 0, for a share of nothing is no share."""
    shares: npt.NDArray[np.float64] = np.divide(count, base, out=np.full(len(base), np.nan), where=base != 0)
    return shares


def _base_count(counts: Counts, base: Base) -> npt.NDArray[np.int64]:
    if base is Base.REPORTED:
        return counts["delivered"] + counts["bounces_errors"]
    return counts["to_deliver"] if base is Base.TO_DELIVER else counts["sent"]
