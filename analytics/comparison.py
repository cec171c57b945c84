"""All deliveries side by side, since the send of each: the same figures as their tiles, from a few questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.kpis import Base, Counts, kpis
from analytics.modes import NEEDS_FEEDBACK, Mode
from analytics.questions import Columns, asking
from analytics.state_counts import counts_by
from data.deliveries import Delivery
from data.states import State
from data.store import Store

_MINUTE = timedelta(minutes=1)
_STATES = len(State)
_OPEN = {"waiting": State.TARGETED, "in_flight": State.IN_FLIGHT, "retrying": State.RETRYING}
_SETTLED = {"accepted": (State.DELIVERED,), "failed": (State.FAILED, State.INFERRED_EXPIRY)}
_COURSE = ("delivered", "bounces_errors", "delivered_rate", "bounces_errors_rate", "base_count")
_NEEDING_FEEDBACK = ("delivered", "bounces_errors", "pending", "canceled", "base_count", "opened", "clicked")


@dataclass(frozen=True)
class Courses:
    """Messages by state of several deliveries over the time since their send, whatever the mode.

    A point per step in which something changes, beside the start and the last moment observed of each delivery. Between
    two points nothing is known to change; after the last nothing is known.
    """

    deliveries: tuple[Delivery, ...]
    places: npt.NDArray[np.int64]
    """Of each point: which delivery it belongs to."""
    minutes: npt.NDArray[np.float64]
    """Of each point: the time since the send."""
    counts: Counts
    """Of each point; opened and clicked in the last one of each delivery alone."""

    @property
    def last(self) -> npt.NDArray[np.int64]:
        """The last point of each delivery."""
        return np.searchsorted(self.places, np.arange(len(self.deliveries)), side="right") - 1


def courses(store: Store, deliveries: Sequence[Delivery], *, with_test_profiles: bool = False) -> Courses:
    """The courses of deliveries, each up to the last moment that its own logs speak of."""
    asked = {"delivery_keys": _keys(deliveries).tolist(), "with_test_profiles": with_test_profiles}
    with asking(store) as ask:
        changes = ask.columns("course_change", **asked)
        engaged = ask.columns("last_engagement", **asked)
    steps = _steps(changes, deliveries)
    points = steps[["place", "minutes"]].drop_duplicates()
    places = points["place"].to_numpy()
    told = Courses(tuple(deliveries), places, points["minutes"].to_numpy(), _counts(steps, places))
    for name in ("opened", "clicked"):
        told.counts[name] = np.zeros(len(places), dtype=np.int64)
        told.counts[name][told.last[_places(engaged["delivery_key"], deliveries)]] = engaged[name]
    return told


def course_points(known: Courses, mode: Mode, base: Base | None = None) -> pd.DataFrame:
    """A row per delivery and point, in that order: delivery_key, hours since the send, delivered, bounces_errors,
    their shares delivered_rate and bounces_errors_rate (0..1, NaN where the base is 0) and base_count.

    Deliveries whose logs cannot answer in the mode are left out.
    """  # noqa: D205 - the columns are the summary
    told = kpis(known.counts, mode, base)
    columns = {"delivery_key": _keys(known.deliveries)[known.places], "hours": known.minutes / 60}
    answered = _can_answer(known.deliveries, mode)[known.places]
    return pd.DataFrame(columns | {name: told[name] for name in _COURSE})[answered].reset_index(drop=True)


def last_tiles(known: Courses, mode: Mode, base: Base | None = None) -> pd.DataFrame:
    """The tile of each delivery at the last moment observed, a row each, in their order.

    Columns: delivery_key, those of kpis(), and messages by state, whatever the mode: waiting (not relayed yet),
    in_flight, retrying, accepted, failed. Shares are 0..1, NaN where the base is 0 or the logs cannot tell; where they
    cannot answer in the mode, the counts of the mode are missing too.
    """
    counts = {name: column[known.last] for name, column in known.counts.items()}
    told = pd.DataFrame({"delivery_key": _keys(known.deliveries)} | kpis(counts, mode, base))
    told = told.assign(**_by_state(counts))
    untold = ~_can_answer(known.deliveries, mode)
    if untold.any():
        told = told.astype(dict.fromkeys(_NEEDING_FEEDBACK, "Int64"))
        told.loc[untold, list(_NEEDING_FEEDBACK)] = pd.NA
        told.loc[untold, ["delivered_rate", "bounces_errors_rate", "open_rate", "click_through_rate"]] = np.nan
    has_engagement = np.array([delivery.tells_engagement for delivery in known.deliveries], dtype=bool)
    told.loc[~has_engagement, ["open_rate", "click_through_rate"]] = np.nan
    return told


def still_relaying(deliveries: Sequence[Delivery], tiles: pd.DataFrame) -> set[int]:
    """The keys of the deliveries that were not relayed wholly when their logs ended, though there was time left.

    tiles: last_tiles() of them.
    """
    waiting = set(tiles.loc[tiles["waiting"] > 0, "delivery_key"])
    return {one.delivery_key for one in deliveries if one.observed_until < one.ended_at} & waiting


def tiles_after(
    store: Store,
    deliveries: Sequence[Delivery],
    minutes: int,
    mode: Mode,
    base: Base | None = None,
    *,
    with_test_profiles: bool = False,
) -> pd.DataFrame:
    """How each delivery stood so many minutes after its send, a row each: delivery_key, the columns of
    course_points() but hours, to_deliver, sent, and messages by state as in last_tiles(). Those not observed that
    long, or that cannot answer in the mode, are left out.
    """  # noqa: D205 - the columns are the summary
    span, can_answer = minutes * _MINUTE, _can_answer(deliveries, mode)
    told = [
        delivery
        for delivery, can in zip(deliveries, can_answer, strict=True)
        if can and delivery.observed_until - delivery.started_at >= span
    ]
    keys = _keys(told)
    asked = {"delivery_keys": keys.tolist(), "with_test_profiles": with_test_profiles}
    with asking(store) as ask:
        transitions = ask.columns("elapsed_count", minutes=minutes, **asked)
    none = np.zeros(len(told), dtype=np.int64)
    counts = counts_by(transitions, _places(transitions["delivery_key"], told), len(told))
    shown = kpis(counts | {"opened": none, "clicked": none}, mode, base)
    columns = {name: shown[name] for name in (*_COURSE, "to_deliver", "sent")}
    return pd.DataFrame({"delivery_key": keys} | columns | _by_state(counts))


def _by_state(counts: Counts) -> Counts:
    settled = {name: np.sum([counts[state] for state in states], axis=0) for name, states in _SETTLED.items()}
    return {name: counts[state] for name, state in _OPEN.items()} | settled


def _keys(deliveries: Sequence[Delivery]) -> npt.NDArray[np.int64]:
    return np.array([delivery.delivery_key for delivery in deliveries], dtype=np.int64)


def _places(keys: npt.NDArray[np.int64], deliveries: Sequence[Delivery]) -> npt.NDArray[np.int64]:
    """Where the deliveries of some keys stand among deliveries."""
    places: npt.NDArray[np.int64] = pd.Index(_keys(deliveries)).get_indexer(pd.Index(keys)).astype(np.int64)
    return places


def _can_answer(deliveries: Sequence[Delivery], mode: Mode) -> npt.NDArray[np.bool_]:
    return np.array([mode not in NEEDS_FEEDBACK or one.has_delivery_feedback for one in deliveries], dtype=bool)


def _steps(changes: Columns, deliveries: Sequence[Delivery]) -> pd.DataFrame:
    """The changes by delivery and time, with a start and an end of each delivery at which nothing changes.

    What happens in the step that is not over yet is there at the last moment observed.
    """
    spans = np.array([max(0.0, (one.observed_until - one.started_at) / _MINUTE) for one in deliveries])
    places = _places(changes["delivery_key"], deliveries)
    told = pd.DataFrame({name: changes[name] for name in ("from_state", "to_state", "n")})
    told = told.assign(place=places, minutes=np.minimum(changes["minutes"], spans[places]))
    edge = {"from_state": -1, "to_state": 0, "n": 0, "place": np.arange(len(deliveries))}
    edges = [pd.DataFrame(edge | {"minutes": minutes}) for minutes in (np.zeros(len(deliveries)), spans)]
    return pd.concat([told, *edges]).sort_values(["place", "minutes"], ignore_index=True)


def _counts(steps: pd.DataFrame, places: npt.NDArray[np.int64]) -> Counts:
    """Messages by state at each point. places: of each point, which delivery it belongs to."""
    points = steps.groupby(["place", "minutes"], sort=True).ngroup().to_numpy()
    kinds, kind = np.unique((steps["from_state"] + 1) * _STATES + steps["to_state"], return_inverse=True)
    moved = np.zeros((len(kinds), len(places) + 1), dtype=np.int64)
    np.add.at(moved, (kind, points + 1), steps["n"].to_numpy())
    so_far = moved.cumsum(axis=1)
    before = so_far[:, np.searchsorted(places, places, side="left")]
    at_last = so_far[:, np.searchsorted(places, places, side="right")]
    transitions = {
        "from_state": np.repeat(kinds // _STATES - 1, len(places)),
        "to_state": np.repeat(kinds % _STATES, len(places)),
        "n": (so_far[:, 1:] - before).ravel(),
        "n_ever": (at_last - before).ravel(),
    }
    return counts_by(transitions, np.tile(np.arange(len(places)), len(kinds)), len(places))
