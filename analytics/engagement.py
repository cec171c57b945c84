"""Messages opened and clicked as the tile shows them: its opens and clicks move on the hour."""

from datetime import timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.kpis import Counts
from analytics.questions import Questions
from data.deliveries import Delivery
from data.events import Kind

OPENING = (Kind.OPENED, Kind.CLICKED, Kind.UNSUBSCRIBED)
"""The events by which a message was opened: a click or an opt-out implies it; a mirror page is told as an opening."""

MACHINE_WITHIN = timedelta(seconds=10)
"""An opening or click so soon after the message's acceptance is likely a machine's: not before its first change to
delivered, and at most so long after it."""


def engaged(ask: Questions, delivery: Delivery, moments: pd.DatetimeIndex, *, with_test_profiles: bool) -> Counts:
    """Messages opened and clicked as the tile shows them at each moment: up to the last full hour.

    Once Compute stats was asked, moments at or after the one that it brought them to show them up to there at least.
    """
    asked = {"delivery_key": delivery.delivery_key, "with_test_profiles": with_test_profiles}
    by_hour = ask.columns("engagement", **asked)
    hours = np.searchsorted(by_hour["until"], moments.to_numpy(), side="right")
    shown = {name: np.append(0, by_hour[name].cumsum())[hours] for name in ("opened", "clicked")}
    if delivery.stats_until is not None:
        until = pd.Timestamp(delivery.stats_until)
        brought = (moments >= until) & (moments.floor("h") < until)
        late = ask.columns("late_engagement", after=until.floor("h"), at=until, **asked)
        shown = {name: counts + brought * late[name] for name, counts in shown.items()}
    return shown


def engagement_turns(delivery: Delivery, moments: pd.DatetimeIndex) -> npt.NDArray[np.int64]:
    """The places among ascending moments at which engaged() may tell something else than at the one before."""
    hours = moments.to_numpy().astype("datetime64[h]")
    turns = np.flatnonzero(hours[1:] != hours[:-1]) + 1
    if delivery.stats_until is not None:
        turns = np.append(turns, moments.searchsorted(pd.Timestamp(delivery.stats_until)))
    return turns[turns < len(moments)]
