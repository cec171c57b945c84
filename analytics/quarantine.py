"""Quarantine: whether an address that failed should be written to again. It never changes a KPI of any delivery."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import pandas as pd

from data.events import Kind

MOST_ERRORS = 5
"""The soft error that puts an address in quarantine."""
RESET_AFTER = timedelta(days=10)
"""So long without an error, and the counter begins again."""
COLUMNS = ("place", "event_time", "effect", "counter")
_SOFT_KINDS = frozenset({Kind.DEFERRED, Kind.EXPIRED})
_SENDERS_OWN = "admin"


class Effect(StrEnum):
    """What an error does to the standing of its address."""

    HARD = "hard"
    """A hard bounce: quarantine at once."""
    COUNTED = "counted"
    FIFTH = "fifth"
    """Counted, and the last one that is borne: quarantine."""
    SAME_DAY = "same_day"
    """A soft error of a day of which one was counted already."""
    AFTERWARDS = "afterwards"
    """The address was in quarantine already."""


@dataclass(frozen=True)
class Standing:
    """How an address stands at a moment. Times are UTC.

    errors: a row per error up to then, by time, with place (its row among the events), event_time, effect and counter
    (after it).
    """

    at: datetime
    quarantined_at: datetime | None
    cause: Effect | None
    """HARD or FIFTH where it is in quarantine."""
    counter: int
    """Soft errors counted and not forgotten."""
    resets_at: datetime | None
    """When the counter begins again if there is no further error; None where there is nothing to forget."""
    errors: pd.DataFrame


def standing(events: pd.DataFrame, at: datetime) -> Standing:
    """How an address stands at a moment, from its events over all deliveries, in order.

    events: kind, event_time (UTC), failure_type. The rules are: a hard bounce quarantines at once; a soft error counts,
    at most one per day, and the fifth quarantines; after 10 days without an error the counter begins again. Where they
    are silent, they are read so:

    - A day is a day in UTC. The 10 days begin with the last error, counted or not, to the second.
    - A deferral, a soft bounce and an expiry are soft errors, each by its own time. So are a block and a bounce of
      undetermined type: they are errors, and not known to be hard.
    - What the sender's own side did is no error of the address: suppressed before or after the relay (rejected, admin),
      broken in the sending system (failed), cancelled. A complaint is a matter of the denylist. An expiry that is only
      inferred is told by no log; the deferrals before it have counted.
    - Every error that is told counts, also where it contradicts the state of its message.
    - Nothing leaves quarantine by itself, an acceptance included.
    """
    told = events[events["event_time"] <= at]
    errors = pd.DataFrame(_judged(told), columns=list(COLUMNS))
    causes = errors[errors["effect"].isin([Effect.HARD, Effect.FIFTH])]
    last = None if errors.empty else errors["event_time"].iloc[-1].to_pydatetime()
    is_reset = last is None or (causes.empty and at - last >= RESET_AFTER)
    return Standing(
        at,
        quarantined_at=None if causes.empty else causes["event_time"].iloc[0].to_pydatetime(),
        cause=None if causes.empty else Effect(causes["effect"].iloc[0]),
        counter=0 if is_reset else int(errors["counter"].iloc[-1]),
        resets_at=None if last is None or is_reset or not causes.empty else last + RESET_AFTER,
        errors=errors,
    )


def _judged(events: pd.DataFrame) -> Iterator[tuple[int, datetime, Effect, int]]:
    """The errors among the events. An address has few of them, so they are walked one by one."""
    counter, last, last_counted, is_in = 0, datetime.min, datetime.min, False
    named = zip(events["kind"], events["failure_type"], events["event_time"].dt.to_pydatetime(), strict=True)
    for place, (kind, failure_type, moment) in enumerate(named):
        is_hard = kind == Kind.BOUNCED and failure_type == "hard"
        if not is_hard and not _is_soft(kind, failure_type):
            continue
        if not is_in and moment - last >= RESET_AFTER:
            counter = 0
        last = moment
        if is_in:
            effect = Effect.AFTERWARDS
        elif is_hard:
            effect = Effect.HARD
        elif moment.date() == last_counted.date():
            effect = Effect.SAME_DAY
        else:
            counter, last_counted = counter + 1, moment
            effect = Effect.FIFTH if counter == MOST_ERRORS else Effect.COUNTED
        is_in = is_in or effect in (Effect.HARD, Effect.FIFTH)
        yield place, moment, effect, counter


def _is_soft(kind: str, failure_type: object) -> bool:
    return kind in _SOFT_KINDS or (kind == Kind.BOUNCED and failure_type != _SENDERS_OWN)
