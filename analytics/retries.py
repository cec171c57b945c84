"""Retries: attempts per message, what each of them yields, and how long was waited for it."""

from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.questions import asking
from analytics.selection import Selection, Told
from data.deliveries import Delivery
from data.events import Kind
from data.store import Store

RESULTS = (Kind.DELIVERED, Kind.DEFERRED, Kind.BOUNCED)
"""What an attempt can end with: accepted, to be retried, refused for good."""
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240, 480, 960))
"""Bounds of the spans in which waiting times are counted; the last is open."""

Counts = npt.NDArray[np.int64]


def attempts(
    store: Store, delivery: Delivery, at: datetime | None = None, *, with_test_profiles: bool = False
) -> pd.DataFrame:
    """What came of the attempts up to a moment (UTC; by default the last observed), with the time waited for each.

    One row per attempt (its number, from 1), kind (its result, see RESULTS) and seconds (waited since the result before
    it or the relay; rounded up, beyond an hour to whole minutes): messages, and accepted_first: how many of them no
    attempt before had accepted, for a log may tell an acceptance twice. A bounce out of band ends no attempt.
    """
    with asking(store) as ask:
        told = ask.frame(
            "attempt",
            delivery_key=delivery.delivery_key,
            at=delivery.moment(at),
            with_test_profiles=with_test_profiles,
        )
    return told.assign(kind=[list(Kind)[place].value for place in told["kind"]])


def yields(told: pd.DataFrame) -> pd.DataFrame:
    """What each attempt yields, from attempts().

    Columns: attempt, messages that reached it (it has a result), accepted, deferred and bounced by it, accepted_rate
    (accepted ÷ reached, 0..1), accepted_so_far (messages, by this attempt or one before), median_wait and p90_wait
    (timedeltas).
    """
    by_kind = told.pivot_table(index="attempt", columns="kind", values="messages", aggfunc="sum", fill_value=0)
    by_kind = by_kind.reindex(columns=[kind.value for kind in RESULTS], fill_value=0).astype("int64")
    reached = by_kind.sum(axis=1)
    accepted = by_kind[Kind.DELIVERED]
    table = pd.DataFrame(
        {
            "reached": reached,
            "accepted": accepted,
            "deferred": by_kind[Kind.DEFERRED],
            "bounced": by_kind[Kind.BOUNCED],
            "accepted_rate": accepted / reached,
            "accepted_so_far": told.groupby("attempt")["accepted_first"].sum().cumsum(),
        }
    )
    waits = {attempt: _waits(one) for attempt, one in told.groupby("attempt")}
    for place, name in enumerate(("median_wait", "p90_wait")):
        table[name] = pd.Series({attempt: wait[place] for attempt, wait in waits.items()}, dtype="timedelta64[s]")
    return table.rename_axis(index="attempt").reset_index()


def waiting_times(told: pd.DataFrame) -> pd.DataFrame:
    """How long was waited for retries, from attempts(): messages per span (place in WAITS of its end) and kind."""
    retries = told[told["attempt"] > 1]
    places = np.searchsorted([wait.total_seconds() for wait in WAITS], retries["seconds"], side="left")
    return retries.assign(span=places).groupby(["span", "kind"])["messages"].sum().reset_index()


def reached(attempt: int, *kinds: Kind) -> Selection:
    """The messages whose attempt with a number ended with one of some results; by default with any."""
    return Selection(told=Told(kinds=kinds or RESULTS, attempts=(attempt,)))


def _waits(told: pd.DataFrame) -> tuple[pd.Timedelta, pd.Timedelta]:
    """Median and 90th percentile: the first waiting times that so large a part does not exceed."""
    waits = told.groupby("seconds")["messages"].sum()
    so_far: Counts = waits.cumsum().to_numpy()
    median, p90 = (
        pd.Timedelta(seconds=int(waits.index[np.searchsorted(so_far, so_far[-1] * part)])) for part in (0.5, 0.9)
    )
    return median, p90
