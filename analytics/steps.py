"""The steps that messages take, and what each did to the numbers of a mode."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import pandas as pd

from analytics.ledger import effects
from analytics.modes import READINGS, Kpi, Mode, Status
from analytics.questions import asking
from analytics.selection import Selection, Step
from analytics.state_counts import last_minute
from analytics.tile import check_mode
from data.deliveries import Delivery
from data.events import Kind
from data.states import State
from data.store import Store


class StepName(StrEnum):
    """The steps, in the order in which they are told. Each message takes each of them once at most."""

    RELAYED = "relayed"
    ACCEPTED = "accepted"
    BOUNCED = "bounced"
    SOFT_BOUNCE = "soft bounce"
    RETRY_SUCCEEDED = "retry succeeded"
    RETRIES_FAILED = "retries failed"
    OTHER_FAILURE = "other failure"
    INFERRED_EXPIRY = "inferred expiry"
    EXPIRY_CONFIRMED = "expiry confirmed"
    LATE_ACCEPTANCE = "late acceptance"
    LATE_BOUNCE = "late bounce"
    CANCELLED = "cancelled"


USUAL = tuple(StepName)[: tuple(StepName).index(StepName.RETRIES_FAILED) + 1]
"""Those that every send may be expected to take; the others are exceptions."""

STEPS = {
    StepName.RELAYED: Step(changes=((None, State.IN_FLIGHT), (State.TARGETED, State.IN_FLIGHT))),
    StepName.ACCEPTED: Step(changes=((State.IN_FLIGHT, State.DELIVERED),)),
    # Hard, a block, or of no known type: refused for good without a word of a retry.
    StepName.BOUNCED: Step(changes=((State.IN_FLIGHT, State.FAILED),), kinds=(Kind.BOUNCED,)),
    StepName.SOFT_BOUNCE: Step(changes=((State.IN_FLIGHT, State.RETRYING),)),
    StepName.RETRY_SUCCEEDED: Step(changes=((State.RETRYING, State.DELIVERED),)),
    StepName.RETRIES_FAILED: Step(changes=((State.RETRYING, State.FAILED),)),
    # Expired, broken or refused after the relay without a word of a retry.
    StepName.OTHER_FAILURE: Step(
        changes=((State.IN_FLIGHT, State.FAILED),), kinds=(Kind.EXPIRED, Kind.FAILED, Kind.REJECTED)
    ),
    StepName.INFERRED_EXPIRY: Step(changes=((State.RETRYING, State.INFERRED_EXPIRY),)),
    StepName.EXPIRY_CONFIRMED: Step(changes=((State.INFERRED_EXPIRY, State.FAILED),)),
    StepName.LATE_ACCEPTANCE: Step(changes=((State.INFERRED_EXPIRY, State.DELIVERED),)),
    StepName.LATE_BOUNCE: Step(changes=((State.DELIVERED, State.FAILED),)),
    StepName.CANCELLED: Step(
        changes=tuple((state, State.CANCELLED) for state in (None, State.TARGETED, State.IN_FLIGHT, State.RETRYING))
    ),
}
"""Which changes of state each step is. All that move Delivered or Bounces + errors in some mode are in one of them."""

_MOVED = (Kpi.DELIVERED, Kpi.BOUNCES_ERRORS)


@dataclass(frozen=True)
class Effect:
    """What a step did in a mode: by so many messages the counts rose or fell, and the status of a message after it."""

    delivered: int
    bounces_errors: int
    status: Status


@dataclass(frozen=True)
class Taken:
    """A step with the messages that took it, and what it did in each mode."""

    name: StepName
    messages: int
    effects: dict[Mode, Effect]

    @property
    def selection(self) -> Selection:
        """Which messages took it, as of the same moment."""
        return Selection(step=STEPS[self.name])


def steps(
    store: Store,
    delivery: Delivery,
    modes: Sequence[Mode],
    at: datetime | None = None,
    *,
    with_test_profiles: bool = False,
) -> list[Taken]:
    """All steps in their order, with what they did up to a moment (UTC; by default the last observed).

    In each mode the effects add up to Delivered and to Bounces + errors of its tile at that moment.
    Raises NoDeliveryFeedbackError where the log cannot answer in one of the modes.
    """
    for mode in modes:
        check_mode(delivery, mode)
    asked = last_minute(delivery, delivery.moment(at))
    with asking(store) as ask:
        counts = ask.frame("step_count", with_test_profiles=with_test_profiles, **asked)
    moved = {(mode, kpi): counts["messages"] * effects(counts, kpi, mode) for mode in modes for kpi in _MOVED}
    named = pd.DataFrame({"messages": counts["messages"]} | moved)
    # As a column: a list of few names, or of none, would be read as the names of columns.
    sums = named.groupby(pd.Series(_names(counts), index=named.index, dtype=object)).sum()
    sums = sums.reindex(list(StepName), fill_value=0)
    return [
        Taken(name, int(sums["messages"][name]), {mode: _effect(sums, name, mode) for mode in modes})
        for name in StepName
    ]


def _names(counts: pd.DataFrame) -> list[StepName | None]:
    """The step that each kind of transition is; none where it is preparation or exclusion."""
    before = counts["from_state"].astype(object).where(counts["from_state"].notna(), None)
    return [_name(*made) for made in zip(before, counts["to_state"], counts["kind"], strict=True)]


def _name(before: str | None, after: str, kind: str) -> StepName | None:
    made = (
        name for name, step in STEPS.items() if (before, after) in step.changes and kind in (step.kinds or list(Kind))
    )
    return next(made, None)


def _effect(sums: pd.DataFrame, name: StepName, mode: Mode) -> Effect:
    delivered, failed = (int(sums[mode, kpi][name]) for kpi in _MOVED)
    return Effect(delivered, failed, READINGS[mode][STEPS[name].changes[0][1]].status)
