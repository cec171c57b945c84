"""Messages by state at a moment or over time, from counts of transitions.

Numpy alone: frames of this shape would cost more than the store's answer.
"""

from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt

from analytics.kpis import Counts
from analytics.questions import Columns, Questions
from data.deliveries import Delivery
from data.states import State

Sums = npt.NDArray[np.int64]
"""A row per State, one for those relayed (sent) and one for those named at all; a column per moment."""
Places = npt.NDArray[np.int64]

_MINUTE = timedelta(minutes=1)
_ROWS = [*State, "sent", "named"]
_IN_FLIGHT, _EXCLUDED, _SENT, _NAMED = (
    _ROWS.index(name) for name in (State.IN_FLIGHT, State.EXCLUDED, "sent", "named")
)
_MOVED = [row for row, state in enumerate(State) if state not in (State.TARGETED, State.EXCLUDED)]


def counts_at(ask: Questions, delivery: Delivery, at: datetime, *, with_test_profiles: bool) -> Counts:
    """Messages by state at a moment, exact to the microsecond, with sent and to_deliver: columns of one element."""
    transitions = ask.columns("state_count", with_test_profiles=with_test_profiles, **last_minute(delivery, at))
    return counts_by(transitions, np.zeros(len(transitions["n"]), dtype=np.int64), 1)


def counts_by(transitions: Columns, places: Places, groups: int) -> Counts:
    """Messages by state in each of so many groups, with sent and to_deliver.

    transitions: as for counts_over(), n up to a moment and n_ever in the whole log; places: the group of each of them.
    """
    moved = _changes(transitions, places, groups)
    ever = _changes(transitions | {"n": transitions["n_ever"]}, places, groups)
    return _by_state(moved, ever)


def last_minute(delivery: Delivery, at: datetime) -> dict[str, int | datetime]:
    """The parameters of a question as of a moment: the whole minutes since the start, and the rest of a minute."""
    whole_minutes = (at - delivery.started_at) // _MINUTE
    after = delivery.started_at + whole_minutes * _MINUTE
    return {"delivery_key": delivery.delivery_key, "whole_minutes": whole_minutes, "after": after, "at": at}


def counts_over(transitions: Columns, places: Places, moments: int) -> Counts:
    """Messages by state at each of so many moments, with sent and to_deliver.

    transitions: from_state (-1 where there is none), to_state (places in State), n. places: the moment of each of them.
    """
    changes = _changes(transitions, places, moments)
    return _by_state(changes.cumsum(axis=1), changes.sum(axis=1))


def _changes(transitions: Columns, places: Places, moments: int) -> Sums:
    before, after, n = (transitions[name] for name in ("from_state", "to_state", "n"))
    changes = np.zeros((len(_ROWS), moments), dtype=np.int64)
    np.add.at(changes, (after, places), n)
    changes[_SENT] = changes[_IN_FLIGHT]
    # Those without a state before take it from the last row, so that it counts down those named.
    np.subtract.at(changes, (before, places), n)
    changes[_NAMED] *= -1
    return changes


def _by_state(moved: Sums, ever: Sums) -> Counts:
    """Messages by state, from the sums up to each moment and those of the whole log: for each moment, or one for all.

    To deliver belongs to the delivery: all but those ever excluded. Whoever of them has not moved by then is targeted.
    """
    counts = dict(zip(_ROWS[:_NAMED], moved, strict=False))
    excluded = np.broadcast_to(ever[_EXCLUDED], moved.shape[1])
    to_deliver = ever[_NAMED] - excluded
    targeted = to_deliver - moved[_MOVED].sum(axis=0)
    return counts | {"to_deliver": to_deliver, State.EXCLUDED: excluded, State.TARGETED: targeted}
