"""The states of a message and the transitions that events may cause: one table, used by every fold."""

from enum import StrEnum

from data.events import Kind


class State(StrEnum):
    """Where a message stands. `inferred_expiry` is failed without a final word: a later acceptance corrects it."""

    TARGETED = "targeted"
    EXCLUDED = "excluded"
    IN_FLIGHT = "in_flight"
    RETRYING = "retrying"
    DELIVERED = "delivered"
    FAILED = "failed"
    INFERRED_EXPIRY = "inferred_expiry"
    CANCELLED = "cancelled"


_FAILURES = (Kind.BOUNCED, Kind.EXPIRED, Kind.FAILED)
_OPEN = (State.IN_FLIGHT, State.RETRYING)

# (state before, event) -> state after. What is not here changes nothing and counts as a contradiction.
TRANSITIONS: dict[tuple[State, Kind], State] = {
    (State.TARGETED, Kind.TARGETED): State.TARGETED,
    (State.TARGETED, Kind.RELAYED): State.IN_FLIGHT,
    (State.TARGETED, Kind.REJECTED): State.EXCLUDED,
    (State.TARGETED, Kind.CANCELLED): State.CANCELLED,
    (State.EXCLUDED, Kind.REJECTED): State.EXCLUDED,
    # A relay told twice says nothing new while the message is open: snapshots and rotated logs repeat it.
    **{(state, Kind.RELAYED): state for state in _OPEN},
    **{(state, Kind.DEFERRED): State.RETRYING for state in _OPEN},
    **{(state, Kind.DELIVERED): State.DELIVERED for state in _OPEN},
    **{(state, kind): State.FAILED for state in _OPEN for kind in _FAILURES},
    # Taken first and then refused, as by a suppression list: it was handed over, so it is no exclusion any more.
    **{(state, Kind.REJECTED): State.FAILED for state in _OPEN},
    **{(state, Kind.CANCELLED): State.CANCELLED for state in _OPEN},
    (State.DELIVERED, Kind.BOUNCED): State.FAILED,
    (State.INFERRED_EXPIRY, Kind.DELIVERED): State.DELIVERED,
    # The log's own failure confirms what was inferred.
    **{(State.INFERRED_EXPIRY, kind): State.FAILED for kind in _FAILURES},
}
