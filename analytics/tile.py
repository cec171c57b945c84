"""The Deployment tile of a delivery at any moment, and its course over time."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.engagement import engaged, engagement_turns
from analytics.kpis import DEFAULT_BASE, Base, Counts, kpis
from analytics.modes import NEEDS_FEEDBACK, Mode
from analytics.questions import asking
from analytics.state_counts import counts_at, counts_over
from data.deliveries import Delivery
from data.errors import NoDeliveryFeedbackError
from data.sentences import Sentence
from data.states import State
from data.store import Store

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Tile:
    """What the tile shows: counts of messages and shares (0..1, None where the base is 0)."""

    delivery: str
    mode: Mode
    at: datetime
    base: Base
    to_deliver: int
    sent: int
    delivered: int
    bounces_errors: int
    pending: int
    canceled: int
    opened: int
    clicked: int
    base_count: int
    sent_rate: float | None
    delivered_rate: float | None
    bounces_errors_rate: float | None
    open_rate: float | None
    click_through_rate: float | None


def tile(
    store: Store,
    delivery: Delivery,
    mode: Mode,
    at: datetime | None = None,
    base: Base | None = None,
    *,
    with_test_profiles: bool = False,
) -> Tile:
    """The tile as it stood at a moment (UTC; by default the last observed, and never beyond it).

    Raises NoDeliveryFeedbackError where the log cannot answer in this mode.
    """
    check_mode(delivery, mode)
    at = delivery.moment(at)
    counts = _shown_counts(store, delivery, at, with_test_profiles=with_test_profiles)
    told = {name: column[0].item() for name, column in _told_kpis(delivery, counts, mode, base).items()}
    figures: dict[str, Any] = {name: None if math.isnan(figure) else figure for name, figure in told.items()}
    return Tile(delivery.delivery_id, mode, at, base or DEFAULT_BASE[mode], **figures)


def check_mode(delivery: Delivery, mode: Mode) -> None:
    """Raise NoDeliveryFeedbackError where the delivery's log cannot answer in a mode."""
    if mode in NEEDS_FEEDBACK and not delivery.has_delivery_feedback:
        raise NoDeliveryFeedbackError(
            Sentence(
                "{delivery}: the log has no delivery feedback (no acceptance or deferral), so the view with the Email "
                "Feedback Service cannot be derived; ask for without-efs.",
                delivery=delivery.label,
            )
        )


def series(
    store: Store,
    delivery: Delivery,
    mode: Mode,
    every: timedelta = _MINUTE,
    base: Base | None = None,
    *,
    with_test_profiles: bool = False,
) -> pd.DataFrame:
    """KPIs at the delivery's start, every step after it, and the last moment observed; one row each.

    every: whole minutes. Returns the columns of kpis() after at (UTC). Each row equals the tile at its moment.
    Raises NoDeliveryFeedbackError where the log cannot answer in this mode.
    """
    check_mode(delivery, mode)
    moments = _moments(delivery, every)
    asked = {"delivery_key": delivery.delivery_key, "with_test_profiles": with_test_profiles}
    with asking(store) as ask:
        transitions = ask.columns("state_change", **asked)
        # What happens before the start is there at the start; the last moment may lie between two minutes.
        steps = (-(-transitions["minutes"] // (every // _MINUTE))).clip(0, len(moments) - 1)
        # Most moments of a long series repeat the one before, so only those at which something changes are reckoned.
        turns = np.unique(np.concatenate([[0, len(moments) - 1], steps, engagement_turns(delivery, moments)]))
        counts = counts_over(transitions, np.searchsorted(turns, steps), len(turns))
        at_last = counts_at(ask, delivery, moments[-1], with_test_profiles=with_test_profiles)
        counts = {name: np.append(column[:-1], at_last[name]) for name, column in counts.items()}
        counts |= engaged(ask, delivery, moments[turns], with_test_profiles=with_test_profiles)
    told = pd.DataFrame(_told_kpis(delivery, counts, mode, base))
    repeated = np.repeat(np.arange(len(turns)), np.diff(turns, append=len(moments)))
    rows = told.take(repeated).set_axis(range(len(moments)))
    rows.insert(0, "at", moments)
    return rows


def _moments(delivery: Delivery, every: timedelta) -> pd.DatetimeIndex:
    """The start, every step after it, and the last moment observed."""
    last = pd.DatetimeIndex([max(delivery.started_at, delivery.observed_until)])
    steps = pd.date_range(delivery.started_at, last[0], freq=every, unit=last.unit)
    return steps if steps[-1] == last[0] else pd.DatetimeIndex(steps.append(last))


def age_series(
    store: Store, delivery: Delivery, mode: Mode, base: Base | None = None, *, with_test_profiles: bool = False
) -> pd.DataFrame:
    """KPIs by message age, over the whole log: one row per minute in which something changes, with age_minutes.

    Of the messages sent; one younger than the age shown counts with its last known state.
    """
    check_mode(delivery, mode)
    with asking(store) as ask:
        transitions = ask.columns(
            "age_change", delivery_key=delivery.delivery_key, with_test_profiles=with_test_profiles
        )
    ages, places = np.unique(transitions["minutes"].astype(np.int64), return_inverse=True)
    counts = counts_over(transitions, places, len(ages))
    none = np.zeros(len(ages), dtype=np.int64)
    counts |= {"to_deliver": counts["sent"], State.TARGETED: none, "opened": none, "clicked": none}
    return pd.DataFrame({"age_minutes": ages} | _told_kpis(delivery, counts, mode, base))


def change_minutes(store: Store, delivery: Delivery) -> list[int]:
    """The whole minutes since the start at which some message has changed its state, ascending."""
    with asking(store) as ask:
        transitions = ask.columns("state_change", delivery_key=delivery.delivery_key, with_test_profiles=True)
    minutes: list[int] = np.unique(transitions["minutes"]).tolist()
    return minutes


def state_counts(store: Store, delivery: Delivery, at: datetime, *, with_test_profiles: bool = False) -> pd.DataFrame:
    """Messages by state at one moment, exact to the microsecond: one row, indexed by the moment."""
    counts = _shown_counts(store, delivery, at, with_test_profiles=with_test_profiles)
    return pd.DataFrame(counts, index=pd.DatetimeIndex([at]))


def _shown_counts(store: Store, delivery: Delivery, at: datetime, *, with_test_profiles: bool) -> Counts:
    """Messages by state, and opened and clicked, at a moment: columns of one element."""
    with asking(store) as ask:
        counts = counts_at(ask, delivery, at, with_test_profiles=with_test_profiles)
        return counts | engaged(ask, delivery, pd.DatetimeIndex([at]), with_test_profiles=with_test_profiles)


def _told_kpis(delivery: Delivery, counts: Counts, mode: Mode, base: Base | None) -> dict[str, npt.NDArray[Any]]:
    """The KPIs; rates of engagement are unknown, not 0, where the delivery's logs cannot tell of any."""
    told = kpis(counts, mode, base)
    if not delivery.tells_engagement:
        told |= dict.fromkeys(("open_rate", "click_through_rate"), np.full(len(counts["sent"]), np.nan))
    return told


def engagement_shown_until(delivery: Delivery, at: datetime) -> datetime:
    """Up to when the tile's opens and clicks reach at a moment: the last full hour, or what Compute stats brought."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    return max(hour, delivery.stats_until) if delivery.stats_until and delivery.stats_until <= at else hour
