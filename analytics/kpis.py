"""KPIs of the Deployment tile from counts of messages by state. Pure pandas."""

from enum import StrEnum

import pandas as pd

from analytics.modes import Kpi, Mode, states_counting_as

STATE_KPIS = (Kpi.DELIVERED, Kpi.BOUNCES_ERRORS, Kpi.PENDING, Kpi.CANCELED)


class Base(StrEnum):
    """What Delivered and Bounces + errors are divided by."""

    TO_DELIVER = "to-deliver"
    SENT = "sent"
    REPORTED = "reported"


DEFAULT_BASE = {Mode.WITH_EFS: Base.TO_DELIVER, Mode.CAMPAIGN_V8: Base.TO_DELIVER, Mode.WITHOUT_EFS: Base.SENT}


def kpis(state_counts: pd.DataFrame, mode: Mode, base: Base | None = None) -> pd.DataFrame:
    """KPIs of every moment, one row each, under a mode.

    state_counts: a column of message counts per State, and to_deliver, sent, opened, clicked.
    base: of delivered_rate and bounces_errors_rate; by default that of the mode's tile.
    Returns the counts to_deliver, sent, delivered, bounces_errors, pending, canceled, opened, clicked and base_count,
    and the shares (0..1, NaN where the base is 0) sent_rate, delivered_rate, bounces_errors_rate, open_rate and
    click_through_rate.
    """
    counts = pd.DataFrame(
        {kpi.value: state_counts[states_counting_as(kpi, mode)].sum(axis=1) for kpi in STATE_KPIS},
        index=state_counts.index,
    )
    counts = state_counts[["to_deliver", "sent"]].join(counts).join(state_counts[["opened", "clicked"]])
    counts["base_count"] = _base_count(counts, base or DEFAULT_BASE[mode])
    return counts.assign(
        sent_rate=share(counts["sent"], counts["to_deliver"]),
        delivered_rate=share(counts["delivered"], counts["base_count"]),
        bounces_errors_rate=share(counts["bounces_errors"], counts["base_count"]),
        open_rate=share(counts["opened"], counts["delivered"]),
        click_through_rate=share(counts["clicked"], counts["delivered"]),
    )


def share(count: pd.Series, base: pd.Series) -> pd.Series:
    """Count ÷ base as a share (0..1); NaN where the base is 0, for a share of nothing is no share."""
    return (count / base).where(base != 0)


def _base_count(counts: pd.DataFrame, base: Base) -> pd.Series:
    if base is Base.REPORTED:
        return counts["delivered"] + counts["bounces_errors"]
    return counts["to_deliver"] if base is Base.TO_DELIVER else counts["sent"]
