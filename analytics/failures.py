"""What failed: messages that failed, are being retried or recovered, by type, reason, reply code and domain."""

from datetime import datetime
from enum import StrEnum

import pandas as pd

from analytics.modes import Kpi, Mode, states_counting_as
from analytics.questions import asking
from analytics.selection import NONE_TOLD
from data.deliveries import Delivery
from data.events import Kind
from data.states import State
from data.store import Store

FAILURE_KINDS = (Kind.DEFERRED, Kind.BOUNCED, Kind.EXPIRED, Kind.FAILED, Kind.REJECTED)
"""The events that tell of a failure, of messages that are not excluded."""
KIND_PLACES = [list(Kind).index(kind) for kind in FAILURE_KINDS]

_UNDETERMINED = "undetermined"
NO_TYPE = (NONE_TOLD, _UNDETERMINED)
"""What is told of a failure whose type is not known."""
EXPIRY_TYPES = (*NO_TYPE, "soft")
"""What is told of an expiry that is nothing but one."""


class Dimension(StrEnum):
    """What failures can be told apart by. The values stand in the URL."""

    DOMAIN = "domain"
    REASON = "reason"
    TYPE = "type"
    CODE = "code"


class FailureType(StrEnum):
    """The types of failure, those of a soft one by what became of it. Each failing message is of one type.

    Retrying and recovered ones are deferred. Soft is what was refused for good though not as hard; whose retries or
    whose validity period ended is soft as well, unless it was told to be hard, a block or the operator's own rule.
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


def counted_fates(mode: Mode) -> tuple[Fate, ...]:
    """The fates whose messages a mode counts as Bounces + errors; only with EFS those being retried are among them."""
    return tuple(dict.fromkeys(FATES[state] for state in states_counting_as(Kpi.BOUNCES_ERRORS, mode)))


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


def breakdown(told: pd.DataFrame, column: str, mode: Mode) -> pd.DataFrame:
    """Messages by a column of failures() or failure_codes(): value, bounces_errors and a column per Fate.

    bounces_errors: those of the fates that the mode counts so, which are the most in the first row.
    """
    wide = told.pivot_table(index=column, columns="fate", values="messages", aggfunc="sum", fill_value=0)
    wide = wide.reindex(columns=list(Fate), fill_value=0).astype("int64").rename_axis(index="value", columns=None)
    wide.insert(0, "bounces_errors", wide[list(counted_fates(mode))].sum(axis=1))
    order = ["bounces_errors", Fate.RETRYING, Fate.RECOVERED]
    return wide.sort_values(order, ascending=False, kind="stable").reset_index()


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
    if failure_type in EXPIRY_TYPES and list(Kind)[kind] is Kind.EXPIRED:
        return FailureType.EXPIRED
    return FailureType(failure_type or _UNDETERMINED)
