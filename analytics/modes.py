"""The modes: small tables from a message's state to the status shown and the KPI that it counts in."""

from enum import StrEnum
from typing import NamedTuple

from data.states import State


class Mode(StrEnum):
    """How a system measures delivery."""

    WITH_EFS = "with-efs"
    WITHOUT_EFS = "without-efs"
    CAMPAIGN_V8 = "campaign-v8"


class Status(StrEnum):
    """What the sending log shows for a message."""

    PENDING = "Pending"
    TAKEN_INTO_ACCOUNT = "Taken into account by the service provider"
    SENT = "Sent"
    FAILED = "Failed"
    CANCELED = "Canceled"
    IGNORED = "Ignored"


class Kpi(StrEnum):
    """What can be counted in messages; each count opens its rows."""

    TO_DELIVER = "to_deliver"
    SENT = "sent"
    DELIVERED = "delivered"
    BOUNCES_ERRORS = "bounces_errors"
    PENDING = "pending"
    CANCELED = "canceled"
    OPENED = "opened"
    CLICKED = "clicked"


class Reading(NamedTuple):
    """What a mode says of a state. counts_as: None where the message is outside To deliver."""

    status: Status
    counts_as: Kpi | None


_PENDING = Reading(Status.PENDING, Kpi.PENDING)
_DELIVERED = Reading(Status.SENT, Kpi.DELIVERED)
_FAILED = Reading(Status.FAILED, Kpi.BOUNCES_ERRORS)

_ALIKE = {
    State.TARGETED: _PENDING,
    State.EXCLUDED: Reading(Status.IGNORED, None),
    State.DELIVERED: _DELIVERED,
    State.FAILED: _FAILED,
    State.INFERRED_EXPIRY: _FAILED,
    State.CANCELLED: Reading(Status.CANCELED, Kpi.CANCELED),
}

READINGS: dict[Mode, dict[State, Reading]] = {
    Mode.WITH_EFS: {**_ALIKE, State.IN_FLIGHT: _PENDING, State.RETRYING: _FAILED},
    Mode.WITHOUT_EFS: {**_ALIKE, State.IN_FLIGHT: _DELIVERED, State.RETRYING: _DELIVERED},
    Mode.CAMPAIGN_V8: {
        **_ALIKE,
        State.IN_FLIGHT: Reading(Status.TAKEN_INTO_ACCOUNT, Kpi.PENDING),
        State.RETRYING: Reading(Status.TAKEN_INTO_ACCOUNT, Kpi.PENDING),
    },
}

# Modes that count acceptances, and so need a log that tells them.
NEEDS_FEEDBACK = frozenset({Mode.WITH_EFS, Mode.CAMPAIGN_V8})


def states_counting_as(kpi: Kpi, mode: Mode) -> list[State]:
    """The states whose messages a KPI counts in a mode."""
    return [state for state, reading in READINGS[mode].items() if reading.counts_as is kpi]
