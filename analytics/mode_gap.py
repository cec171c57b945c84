"""The gap between the modes: what Delivered counts without delivery feedback and not with it, over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from analytics.kpis import Base, Counts, kpis, share
from analytics.modes import Mode
from analytics.questions import asking
from analytics.selection import Selection
from analytics.state_counts import counts_at, counts_by, counts_over, last_minute
from data.deliveries import Delivery
from data.states import State
from data.store import Store

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Provider:
    """The recipient domain (lower case; empty where an address has none) with most of the gap. Counts of messages.

    reason: for which most of those retrying were put off (NONE_TOLD where none was told), and how many; nothing where
    none is retrying.
    """

    domain: str
    messages: int
    retrying: int
    reason: str | None
    for_reason: int

    @property
    def selection(self) -> Selection:
        """Its messages in the gap."""
        return Selection(states=(State.IN_FLIGHT, State.RETRYING), domains=(self.domain,))


def mode_gap(state_counts: Counts, mode: Mode, base: Base, *, has_feedback: bool = True) -> pd.DataFrame:
    """Delivered in two modes and what lies between, a row per element of the counts.

    state_counts: as for kpis(). mode: the one that counts acceptances, whose Delivered is the floor; that without EFS
    is the ceiling. base: of the shares. has_feedback: whether the log tells acceptances and retries; where it does not,
    all but the ceiling is unknown.
    Returns the counts of messages floor, retrying, in_flight, ceiling, of which the first three add up to the last,
    and their shares (0..1, NaN where the base is 0) floor_rate, retrying_rate, in_flight_rate, ceiling_rate. Of the
    base REPORTED each mode has its own, so what lies between has no share.
    """
    above, below = (kpis(state_counts, each, base) for each in (Mode.WITHOUT_EFS, mode))
    retrying, in_flight = (state_counts[state] for state in (State.RETRYING, State.IN_FLIGHT))
    told = {
        "floor": below["delivered"],
        "retrying": retrying,
        "in_flight": in_flight,
        "floor_rate": below["delivered_rate"],
        "retrying_rate": share(retrying, above["base_count"]),
        "in_flight_rate": share(in_flight, above["base_count"]),
    }
    unknown = [] if has_feedback else list(told)
    if base is Base.REPORTED:
        unknown += ["retrying_rate", "in_flight_rate"]
    told |= dict.fromkeys(unknown, np.full(len(retrying), np.nan))
    return pd.DataFrame(told | {"ceiling": above["delivered"], "ceiling_rate": above["delivered_rate"]})


def gap_course(
    store: Store, delivery: Delivery, mode: Mode, base: Base, *, with_test_profiles: bool = False
) -> pd.DataFrame:
    """mode_gap() over time: at the start, every minute in which a message changes its state, and the last one observed.

    elapsed: how long after the start, a timedelta.
    """
    last = max(delivery.observed_until - delivery.started_at, timedelta(0))
    asked = {"delivery_key": delivery.delivery_key, "with_test_profiles": with_test_profiles}
    with asking(store) as ask:
        transitions = ask.columns("state_change", **asked)
        # What happens before the start is there at the start; the last moment may lie between two minutes.
        minutes = transitions["minutes"].clip(0, last / _MINUTE)
        moments, places = np.unique(np.append(minutes, [0, last / _MINUTE]), return_inverse=True)
        counts = counts_over(transitions, places[: len(minutes)], len(moments))
        at_last = counts_at(ask, delivery, delivery.started_at + last, with_test_profiles=with_test_profiles)
    counts = {name: np.append(column[:-1], at_last[name]) for name, column in counts.items()}
    none = np.zeros(len(moments), dtype=np.int64)
    counts |= {"opened": none, "clicked": none}
    gap = mode_gap(counts, mode, base, has_feedback=delivery.has_delivery_feedback)
    gap.insert(0, "elapsed", pd.to_timedelta(moments, unit="min").round("us"))
    return gap


def main_provider(
    store: Store, delivery: Delivery, at: datetime | None = None, *, with_test_profiles: bool = False
) -> Provider | None:
    """The recipient domain with most of the gap at a moment (UTC; by default the last observed); none without gap."""
    moment = delivery.moment(at)
    with asking(store) as ask:
        transitions = ask.columns(
            "domain_count", with_test_profiles=with_test_profiles, **last_minute(delivery, moment)
        )
        places, names = pd.factorize(transitions["recipient_domain"], sort=True)
        counts = counts_by(transitions, places, len(names))
        gap = counts[State.IN_FLIGHT] + counts[State.RETRYING]
        if not gap.any():
            return None
        largest = int(gap.argmax())
        domain, retrying = str(names[largest]), int(counts[State.RETRYING][largest])
        if not retrying:
            return Provider(domain, int(gap[largest]), 0, None, 0)
        asked = {"delivery_key": delivery.delivery_key, "at": moment, "with_test_profiles": with_test_profiles}
        reasons = ask.columns("retrying_reason", domain=domain, **asked)
    return Provider(domain, int(gap[largest]), retrying, str(reasons["reason"][0]), int(reasons["messages"][0]))


def readings(state_counts: Counts, modes: Sequence[Mode]) -> pd.DataFrame:
    """Delivered at one moment of every mode by every base, and how far each is from what Dynamic reports say.

    state_counts: as for kpis(), of one element. One row per mode and base: mode, base, delivered (messages),
    base_count, delivered_rate (0..1, NaN where the base is 0), difference (delivered_rate - that by the base REPORTED).
    """
    rows = [{"mode": mode, "base": base, **_reading(state_counts, mode, base)} for mode in modes for base in Base]
    told = pd.DataFrame(rows)
    reported = told[told["base"] == Base.REPORTED].set_index("mode")["delivered_rate"]
    return told.assign(difference=told["delivered_rate"] - told["mode"].map(reported))


def _reading(state_counts: Counts, mode: Mode, base: Base) -> dict[str, float]:
    told = kpis(state_counts, mode, base)
    return {name: told[name][0].item() for name in ("delivered", "base_count", "delivered_rate")}
