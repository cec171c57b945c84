"""The Deployment tile of a delivery at any moment, and its course over time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd

from analytics.kpis import DEFAULT_BASE, Base, kpis
from analytics.modes import NEEDS_FEEDBACK, Mode
from analytics.questions import ask
from data.deliveries import Delivery
from data.errors import NoDeliveryFeedbackError
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
    counts = state_counts(store, delivery, at, with_test_profiles=with_test_profiles)
    row = _told_kpis(delivery, counts, mode, base).iloc[0]
    figures = {name: _figure(name, value) for name, value in row.items()}
    return Tile(delivery.delivery_id, mode, at, base or DEFAULT_BASE[mode], **figures)  # type: ignore[arg-type]


def check_mode(delivery: Delivery, mode: Mode) -> None:
    """Raise NoDeliveryFeedbackError where the delivery's log cannot answer in a mode."""
    if mode in NEEDS_FEEDBACK and not delivery.has_delivery_feedback:
        raise NoDeliveryFeedbackError(
            f"{delivery.label}: the log has no delivery feedback (no acceptance or deferral), so the view with the "
            "Email Feedback Service cannot be derived; ask for without-efs."
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
    moments = pd.date_range(delivery.started_at, max(delivery.started_at, delivery.observed_until), freq=every)
    last = state_counts(store, delivery, delivery.observed_until, with_test_profiles=with_test_profiles)
    changes = _changes(store, delivery, every // _MINUTE, with_test_profiles=with_test_profiles)
    counts = _cumulated(changes, (moments - delivery.started_at) // _MINUTE, last)
    counts.index = moments
    counts[["opened", "clicked"]] = engaged(store, delivery, moments, with_test_profiles=with_test_profiles)
    if moments[-1] < last.index[0]:
        counts = pd.concat([counts, last])
    return _told_kpis(delivery, counts, mode, base).rename_axis("at").reset_index()


def age_series(
    store: Store, delivery: Delivery, mode: Mode, base: Base | None = None, *, with_test_profiles: bool = False
) -> pd.DataFrame:
    """KPIs by message age, over the whole log: one row per minute in which something changes, with age_minutes.

    Of the messages sent; one younger than the age shown counts with its last known state.
    """
    check_mode(delivery, mode)
    changes = _changes(store, delivery, by_age=True, with_test_profiles=with_test_profiles)
    counts = changes.set_index("minutes").cumsum().rename_axis("age_minutes")
    counts = counts.assign(to_deliver=counts["sent"], targeted=0, excluded=0, opened=0, clicked=0)
    return _told_kpis(delivery, counts, mode, base).reset_index()


def change_minutes(store: Store, delivery: Delivery) -> list[int]:
    """The whole minutes since the start at which some message has changed its state, ascending."""
    return [int(minute) for minute in _changes(store, delivery, with_test_profiles=True)["minutes"]]


def state_counts(store: Store, delivery: Delivery, at: datetime, *, with_test_profiles: bool = False) -> pd.DataFrame:
    """Messages by state at one moment, exact to the microsecond: one row, indexed by the moment."""
    whole_minutes = (at - delivery.started_at) // _MINUTE
    counts = ask(
        store,
        "state_count",
        delivery_key=delivery.delivery_key,
        whole_minutes=whole_minutes,
        after=delivery.started_at + whole_minutes * _MINUTE,
        at=at,
        engaged_until=engagement_shown_until(delivery, at),
        with_test_profiles=with_test_profiles,
    )
    return counts.set_index(pd.DatetimeIndex([at]))


def _told_kpis(delivery: Delivery, counts: pd.DataFrame, mode: Mode, base: Base | None) -> pd.DataFrame:
    """The KPIs; rates of engagement are unknown, not 0, where the delivery's logs cannot tell of any."""
    told = kpis(counts, mode, base)
    return told if delivery.tells_engagement else told.assign(open_rate=float("nan"), click_through_rate=float("nan"))


def _changes(
    store: Store, delivery: Delivery, step_minutes: int = 1, *, by_age: bool = False, with_test_profiles: bool
) -> pd.DataFrame:
    return ask(
        store,
        "state_change",
        delivery_key=delivery.delivery_key,
        step_minutes=step_minutes,
        by_age=by_age,
        with_test_profiles=with_test_profiles,
    )


def _cumulated(changes: pd.DataFrame, minutes: pd.Index, last: pd.DataFrame) -> pd.DataFrame:
    """Messages by state at some minutes since the start, one row each.

    last: the counts at the end, for what belongs to the delivery as a whole.
    """
    sums = changes.set_index("minutes").cumsum()
    counts = sums.reindex(sums.index.union(minutes)).ffill().fillna(0).loc[minutes].astype("int64")
    whole = {name: int(last[name].iloc[0]) for name in ("to_deliver", "excluded")}
    moved = [state for state in State if state not in (State.TARGETED, State.EXCLUDED)]
    return counts.assign(**whole, targeted=whole["to_deliver"] - counts[moved].sum(axis=1))


def engagement_shown_until(delivery: Delivery, at: datetime) -> datetime:
    """Up to when the tile's opens and clicks reach at a moment: the last full hour, or what Compute stats brought."""
    hour = pd.Timestamp(at).floor("h").to_pydatetime()
    return max(hour, delivery.stats_until) if delivery.stats_until and delivery.stats_until <= at else hour


def engaged(
    store: Store, delivery: Delivery, moments: pd.DatetimeIndex, *, with_test_profiles: bool = False
) -> pd.DataFrame:
    """Messages opened and clicked as the tile shows them at each moment: up to the last full hour.

    Once Compute stats was asked, moments at or after the one that it brought them to show them up to there at least.
    """
    asked = {"delivery_key": delivery.delivery_key, "with_test_profiles": with_test_profiles}
    by_hour = ask(store, "engagement", **asked).set_index("until").cumsum()
    hours = moments.floor("h")
    shown = by_hour.reindex(by_hour.index.union(hours.unique())).ffill().fillna(0).loc[hours]
    shown.index = moments
    if delivery.stats_until is not None:
        until = pd.Timestamp(delivery.stats_until)
        extra = ask(store, "late_engagement", after=until.floor("h"), at=until, **asked).iloc[0]
        shown.loc[(moments >= until) & (hours < until), ["opened", "clicked"]] += extra
    return shown.astype("int64")


def _figure(name: object, value: float) -> float | int | None:
    if not str(name).endswith("_rate"):
        return int(value)
    return None if pd.isna(value) else float(value)
