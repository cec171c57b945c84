"""Failures by recipient domain and hour since the start."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd

from analytics.failures import FAILURE_KINDS
from analytics.modes import Kpi
from analytics.questions import asking
from analytics.selection import Selection, Told
from data.deliveries import Delivery
from data.store import Store

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class FailureHours:
    """What came back per recipient domain, hour and relay hour. Hours are counted from 1 and hold their end."""

    results: pd.DataFrame
    """recipient_domain, hour, relay_hour (that of the relay), and messages: tried (an attempt's result or a failure
    came in the hour) and failing (a failure came)."""
    relayed: pd.DataFrame
    """recipient_domain, relay_hour, and how many messages were relayed in it."""
    started_at: datetime
    at: datetime
    """The moment up to which it is told."""

    def known_by(self, at: datetime) -> int:
        """The whole hours that are told of and over by a moment."""
        return max(0, (min(self.at, at) - self.started_at) // HOUR)


def failure_hours(
    store: Store,
    delivery: Delivery,
    at: datetime | None = None,
    *,
    with_test_profiles: bool = False,
    is_accepted_asked: bool = True,
) -> FailureHours:
    """What came back up to a moment (UTC; by default the last observed). What lies before the start is in hour 1.

    is_accepted_asked: else tried tells of the failing ones alone, which is asked sooner.
    """
    at = delivery.moment(at)
    with asking(store) as ask:
        told = ask.frame(
            "failure_hour",
            delivery_key=delivery.delivery_key,
            started_at=delivery.started_at,
            at=at,
            is_accepted_asked=is_accepted_asked,
            with_test_profiles=with_test_profiles,
        )
    is_relay = told["hour"].isna()
    relayed = told.loc[is_relay, ["recipient_domain", "relay_hour", "relayed"]].astype({"relay_hour": "int64"})
    results = told.loc[~is_relay, ["recipient_domain", "hour", "relay_hour", "tried", "failing"]]
    return FailureHours(results.astype({"hour": "int64"}), relayed, delivery.started_at, at)


def failure_rates(hours: FailureHours, largest: int) -> pd.DataFrame:
    """Failures by domain and hour, of so many of the largest domains, and of all others together (domain none).

    Columns: recipient_domain, hour, tried, failing, sent (relayed by the end of the hour).
    """
    sizes = hours.relayed.groupby("recipient_domain")["relayed"].sum().sort_values(ascending=False, kind="stable")
    shown = sizes.index[:largest]
    # By their places, -1 for the others: a missing name would be no group.
    results, relayed = (
        told.assign(place=shown.get_indexer(pd.Index(told["recipient_domain"])))
        for told in (hours.results, hours.relayed)
    )
    cells = results.groupby(["place", "hour"])[["tried", "failing"]].sum().reset_index().sort_values("hour")
    by_hour = relayed.groupby(["relay_hour", "place"])["relayed"].sum().reset_index()
    by_hour["sent"] = by_hour.groupby("place")["relayed"].cumsum()
    cells = pd.merge_asof(cells, by_hour, left_on="hour", right_on="relay_hour", by="place")
    names = [*shown, None]
    cells = cells.assign(
        recipient_domain=[names[place] for place in cells["place"]], sent=cells["sent"].fillna(0).astype("int64")
    )
    return cells.sort_values(["place", "hour"])[["recipient_domain", "hour", "tried", "failing", "sent"]]


def failing_in(
    delivery: Delivery, domains: tuple[str, ...], first_hour: int, last_hour: int, but_domains: tuple[str, ...] = ()
) -> Selection:
    """The messages sent to some domains, or to all but some, that had a failure in some hours since the start."""
    since = None if first_hour == 1 else delivery.started_at + HOUR * (first_hour - 1)
    until = delivery.started_at + HOUR * last_hour
    told = Told(kinds=FAILURE_KINDS, since=since, until=until)
    return Selection(kpi=Kpi.SENT, domains=domains, but_domains=but_domains, told=told)
