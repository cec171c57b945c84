"""How long the acceptance of a message took, since its relay."""

from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from analytics.questions import asking
from analytics.selection import Selection, Step, changes_to
from data.deliveries import Delivery
from data.states import State
from data.store import Store

BOUNDS = tuple(
    timedelta(seconds=seconds)
    for minutes in (
        1 / 30,
        1 / 12,
        1 / 6,
        1 / 3,
        0.5,
        1,
        2,
        5,
        10,
        15,
        30,
        60,
        120,
        240,
        480,
        720,
        1440,
        2880,
        4320,
        7200,
    )
    for seconds in [round(minutes * 60)]
)
"""Up to which times the acceptances are counted."""
SPANS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 1440))
"""Bounds of the spans told in words; each is one of BOUNDS but for the first, and the last is open."""
QUANTILES = ("median", "p90", "p99")

_MICROSECOND = timedelta(microseconds=1)


def acceptance_times(
    store: Store, delivery: Delivery, at: datetime | None = None, *, with_test_profiles: bool = False
) -> pd.DataFrame:
    """Times from relay to acceptance up to a moment (UTC; by default the last observed), the most messages first.

    One row per recipient_domain, and first one for the whole delivery (recipient_domain none): accepted (messages), and
    median, p90 and p99 (timedeltas).
    """
    asked = _asked(delivery, at, with_test_profiles=with_test_profiles)
    with asking(store) as ask:
        told = ask.frame("acceptance", **asked)
    told = told[told["accepted"] > 0]
    for place, name in enumerate(QUANTILES):
        told[name] = pd.to_timedelta([quantiles[place] for quantiles in told["quantiles"]], unit="s")
    return told.drop(columns="quantiles")


def acceptance_counts(
    store: Store,
    delivery: Delivery,
    at: datetime | None = None,
    bounds: tuple[timedelta, ...] = BOUNDS,
    *,
    with_test_profiles: bool = False,
) -> pd.DataFrame:
    """Messages accepted within each span between ascending bounds since their relay, up to a moment (UTC).

    One row per recipient_domain and span (the place of the bound that ends it; len(bounds) where none does): accepted.
    """
    microseconds = [bound // _MICROSECOND for bound in bounds]
    asked = _asked(delivery, at, with_test_profiles=with_test_profiles)
    with asking(store) as ask:
        return ask.frame("acceptance_span", bounds=microseconds, **asked)


def cumulated(counts: pd.DataFrame, bounds: int = len(BOUNDS)) -> pd.DataFrame:
    """Messages accepted within each bound or before, from acceptance_counts(): a row per domain, a column per bound."""
    wide = counts.pivot_table(index="recipient_domain", columns="span", values="accepted", fill_value=0)
    return wide.reindex(columns=np.arange(bounds + 1), fill_value=0).cumsum(axis=1).astype("int64")


def accepted_within(
    longer_than: timedelta | None = None, within: timedelta | None = None, domains: tuple[str, ...] = ()
) -> Selection:
    """The messages accepted later than one time after their relay and not later than another, at some domains."""
    changes = changes_to(State.DELIVERED)
    return Selection(domains=domains, step=Step(changes=changes, longer_than=longer_than, within=within))


def _asked(delivery: Delivery, at: datetime | None, *, with_test_profiles: bool) -> dict[str, object]:
    return {
        "delivery_key": delivery.delivery_key,
        "at": delivery.moment(at),
        "with_test_profiles": with_test_profiles,
    }
