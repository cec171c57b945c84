"""What failed: messages that failed, are being retried or recovered, by type, reason, reply code and domain."""

from datetime import datetime
from enum import StrEnum

import pandas as pd

from analytics.questions import asking
from analytics.selection import NONE_TOLD, Selection, Step, Told, changes_to
from data.deliveries import Delivery
from data.events import Kind
from data.states import State
from data.store import Store

FAILURE_KINDS = (Kind.DEFERRED, Kind.BOUNCED, Kind.EXPIRED, Kind.FAILED, Kind.REJECTED)
"""The events that tell of a failure, of messages that are not excluded."""
KIND_PLACES = [list(Kind).index(kind) for kind in FAILURE_KINDS]

_UNDETERMINED = "undetermined"
_NO_TYPE = (NONE_TOLD, _UNDETERMINED)


_TO_RETRYING = changes_to(State.RETRYING)
_TO_FAILED = changes_to(State.FAILED)


class Dimension(StrEnum):
    """What failures can be told apart by. The values stand in the URL."""

    DOMAIN = "domain"
    REASON = "reason"
    TYPE = "type"
    CODE = "code"


class FailureType(StrEnum):
    """The types of failure, those of a soft one by what became of it. Each failing message is of one type.

    Retrying and recovered ones are deferred; those whose retries or whose validity period ended without a type of their
    own are soft as well.
    """

    HARD = "hard"
    SOFT = "soft"
    DEFERRED = "deferred"
    EXPIRED = "expired"
    INFERRED_EXPIRY = "inferred_expiry"
    BLOCK = "block"
    ADMIN = "admin"
    UNDETERMINED = _UNDETERMINED


SOFT_TYPES = (FailureType.SOFT, FailureType.DEFERRED, FailureType.EXPIRED, FailureType.INFERRED_EXPIRY)


class Fate(StrEnum):
    """What became of a message that had a failure, as of a moment; the values are the columns."""

    FAILED = "failed"
    RETRYING = "retrying"
    RECOVERED = "recovered"


FATES = {
    State.FAILED: Fate.FAILED,
    State.INFERRED_EXPIRY: Fate.FAILED,
    State.RETRYING: Fate.RETRYING,
    State.DELIVERED: Fate.RECOVERED,
}


def failures(
    store: Store, delivery: Delivery, at: datetime | None = None, *, with_test_profiles: bool = False
) -> pd.DataFrame:
    """The messages that ever had a failure, as they stand at a moment (UTC; by default the last observed).

    One row per fate (see Fate), state, type (see FailureType), recipient_domain, reason (its name; NONE_TOLD where none
    was told), with the number of messages. A message is in one row: type and reason are those of its last failure.
    Messages withdrawn while being retried are left out.
    """
    with asking(store) as ask:
        told = ask.frame("failed_message", **_asked(delivery, at, with_test_profiles=with_test_profiles))
    told["state"] = [list(State)[place] for place in told["state"]]
    told["fate"] = told["state"].map(FATES)
    told = told[told["fate"].notna()]
    told["type"] = [_type_of(*row) for row in zip(told["state"], told["kind"], told["failure_type"], strict=True)]
    told["reason"] = told["reason"].where(told["state"] != State.DELIVERED, told["retry_reason"])
    by = ["fate", "state", "type", "recipient_domain", "reason"]
    return told.groupby(by, sort=False)["messages"].sum().reset_index()


def failure_codes(
    store: Store, delivery: Delivery, at: datetime | None = None, *, with_test_profiles: bool = False
) -> pd.DataFrame:
    """The same messages by the SMTP reply codes that they ever failed with: fate, code (NONE_TOLD for none), messages.

    A message that failed with several codes counts for each of them.
    """
    with asking(store) as ask:
        asked = _asked(delivery, at, with_test_profiles=with_test_profiles)
        told = ask.frame("failure_code", kinds=KIND_PLACES, **asked)
    told["fate"] = [FATES.get(list(State)[place]) for place in told["state"]]
    return told.groupby(["fate", "code"], sort=False)["messages"].sum().reset_index()


def breakdown(told: pd.DataFrame, column: str) -> pd.DataFrame:
    """Messages by a column of failures() or failure_codes(): value and a column per Fate; the most failing first."""
    wide = told.pivot_table(index=column, columns="fate", values="messages", aggfunc="sum", fill_value=0)
    wide = wide.reindex(columns=list(Fate), fill_value=0).astype("int64").rename_axis(index="value", columns=None)
    order = (wide["failed"] + wide["retrying"]).to_frame("failing").assign(recovered=wide["recovered"])
    return wide.loc[order.sort_values(["failing", "recovered"], ascending=False, kind="stable").index].reset_index()


def selection_of(fates: tuple[Fate, ...], dimension: Dimension | None = None, value: str = NONE_TOLD) -> Selection:
    """The messages of some fates, with a value of a dimension; recovered ones cannot be asked for along with others."""
    states = tuple(state for state, fate in FATES.items() if fate in fates)
    is_recovered = Fate.RECOVERED in fates
    step = Step(changes=_TO_RETRYING) if is_recovered else None
    if dimension is Dimension.DOMAIN:
        return Selection(states=states, domains=(value,), step=step)
    if dimension is Dimension.CODE:
        return Selection(states=states, step=step, told=Told(kinds=FAILURE_KINDS, codes=(value,)))
    if dimension is Dimension.REASON and not is_recovered:
        return Selection(states=states, reasons=(value,))
    if dimension is Dimension.REASON:
        return Selection(states=states, step=Step(changes=_TO_RETRYING, reasons=(value,)))
    if dimension is Dimension.TYPE and not is_recovered:
        return _of_type(FailureType(value))
    return Selection(states=states, step=step)


def _asked(delivery: Delivery, at: datetime | None, *, with_test_profiles: bool) -> dict[str, object]:
    return {
        "delivery_key": delivery.delivery_key,
        "at": delivery.moment(at),
        "with_test_profiles": with_test_profiles,
    }


def _type_of(state: str, kind: int, failure_type: str) -> FailureType:
    if state in (State.RETRYING, State.DELIVERED):
        return FailureType.DEFERRED
    if state == State.INFERRED_EXPIRY:
        return FailureType.INFERRED_EXPIRY
    if failure_type in _NO_TYPE and list(Kind)[kind] is Kind.EXPIRED:
        return FailureType.EXPIRED
    return FailureType(failure_type or _UNDETERMINED)


def _of_type(failure_type: FailureType) -> Selection:
    """The messages failing with a type. A message makes one change to failed, so its step is that of its failure."""
    if failure_type is FailureType.DEFERRED:
        return Selection(states=(State.RETRYING,))
    if failure_type is FailureType.INFERRED_EXPIRY:
        return Selection(states=(State.INFERRED_EXPIRY,))
    if failure_type is FailureType.EXPIRED:
        step = Step(changes=_TO_FAILED, kinds=(Kind.EXPIRED,), failure_types=_NO_TYPE)
    elif failure_type is FailureType.UNDETERMINED:
        # An expiry without a type is soft.
        kinds = tuple(kind for kind in Kind if kind is not Kind.EXPIRED)
        step = Step(changes=_TO_FAILED, kinds=kinds, failure_types=_NO_TYPE)
    else:
        step = Step(changes=_TO_FAILED, failure_types=(failure_type.value,))
    return Selection(states=(State.FAILED,), step=step)
