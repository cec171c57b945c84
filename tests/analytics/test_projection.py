"""Where a delivery may end, as an estimate: like the others, and never where it cannot end any more."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.kpis import Base, kpis
from analytics.modes import Kpi, Mode
from analytics.projection import Now, Projection, projection
from analytics.reference_band import placement
from data.states import State

STATES = ("waiting", "in_flight", "retrying", "accepted", "failed")
ENDS = ("delivered", "bounces_errors", "sent", "to_deliver")


def now(*states: int) -> Now:
    """A delivery with so many messages in each of STATES, and none cancelled."""
    return Now(to_deliver=sum(states), sent=sum(states[1:]), **dict(zip(STATES, states, strict=True)))


def others(*stood: tuple[tuple[int, ...], tuple[int, ...]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Others: messages in each of STATES at the time, and how many count as ENDS in the end; none: not final."""
    told = pd.DataFrame([dict(zip(STATES, states, strict=True)) for states, _ in stood])
    told = told.assign(to_deliver=told.sum(axis=1), sent=told[[*STATES[1:]]].sum(axis=1))
    finals = [dict(zip(ENDS, end, strict=True), delivery_key=key) for key, (_, end) in enumerate(stood) if end]
    return told, pd.DataFrame(finals, columns=["delivery_key", *ENDS]).set_index("delivery_key")


def test_a_projection_goes_on_like_the_others() -> None:
    """Of its open messages the part is delivered that was of those open then of each other that is final."""
    slow = now(0, 20, 30, 30, 20)
    then, finals = others(
        ((0, 40, 0, 50, 10), (70, 30, 100, 100)), ((0, 10, 10, 80, 0), (90, 10, 100, 100)), ((0, 90, 0, 10, 0), ())
    )
    delivered = projection(slow, then, finals, Kpi.DELIVERED, Base.TO_DELIVER)
    failed = projection(slow, then, finals, Kpi.BOUNCES_ERRORS, Base.REPORTED)
    assert delivered == Projection(0.55, 0.55, 0.55, 2)
    assert failed == Projection(0.45, 0.45, 0.45, 2)
    assert projection(slow, then, finals[:0], Kpi.DELIVERED, Base.TO_DELIVER) is None
    assert placement(None, pd.Series([0.5])) is None


def test_a_failure_for_good_stays_in_a_projection() -> None:
    """Where all that the others had open was delivered, what has failed here is missing from it still."""
    then, finals = others(((0, 100, 0, 0, 0), (100, 0, 100, 100)))
    told = projection(now(0, 10, 0, 0, 1), then, finals, Kpi.DELIVERED, Base.TO_DELIVER)
    assert told is not None
    assert told.high == pytest.approx(10 / 11)


def test_those_that_had_hardly_anything_open_tell_nothing() -> None:
    """Nor does one that had not begun; and of one that has not begun itself, or is settled, there is no projection."""
    then, finals = others(((0, 2, 0, 98, 0), (98, 2, 100, 100)), ((100, 0, 0, 0, 0), (100, 0, 100, 100)))
    asked = (then, finals, Kpi.DELIVERED, Base.TO_DELIVER)
    assert projection(now(0, 50, 0, 50, 0), *asked) is None
    assert projection(now(0, 3, 0, 97, 0), *asked) == Projection(0.97, 0.97, 0.97, 1)
    begun = others(((50, 50, 0, 0, 0), (100, 0, 100, 100)))
    for still in (now(100, 0, 0, 0, 0), now(0, 0, 0, 90, 10)):
        assert projection(still, *begun, Kpi.DELIVERED, Base.TO_DELIVER) is None


COUNT = st.integers(0, 30)


@settings(deadline=None)
@given(*[st.tuples(*[COUNT] * len(STATES))] * 2, st.data(), st.sampled_from(Mode), st.sampled_from(Base))
def test_a_projection_can_be_reached(
    mine: tuple[int, ...], other: tuple[int, ...], data: st.DataObject, mode: Mode, base: Base
) -> None:
    """However another went on: what is settled stays, and nothing is counted twice."""
    waiting, in_flight, retrying, accepted, failed = other
    left, silent, retried, late = (data.draw(st.integers(0, most)) for most in (waiting, in_flight, retrying, accepted))
    settled = waiting + in_flight + retrying - left - silent - retried
    lost = data.draw(st.integers(0, settled)) + late
    column = {State.DELIVERED: accepted - late + settled - (lost - late), State.FAILED: failed + lost}
    column |= {State.TARGETED: left, State.IN_FLIGHT: silent, State.RETRYING: retried}
    states = {state: np.array([column.get(state, 0)]) for state in State}
    whole = {"to_deliver": sum(other), "sent": sum(other) - left, "opened": 0, "clicked": 0}
    end = kpis(states | {name: np.array([count]) for name, count in whole.items()}, mode)
    then, finals = others((other, tuple(int(end[name][0]) for name in ENDS)))
    here = now(*mine)
    delivered, errors = (projection(here, then, finals, kpi, base) for kpi in (Kpi.DELIVERED, Kpi.BOUNCES_ERRORS))
    if delivered is None or errors is None:
        return
    bounds = {
        Base.TO_DELIVER: (here.to_deliver, here.to_deliver),
        Base.SENT: (here.sent, here.to_deliver),
        Base.REPORTED: (0, here.to_deliver),
    }
    least, most = bounds[base]
    for told, sure in ((delivered, here.accepted), (errors, here.failed)):
        assert sure / most - 1e-9 <= told.low <= told.high
        assert told.high <= (min(1, (sure + here.open) / least) if least else 1) + 1e-9
    assert delivered.median + errors.median <= 1 + 1e-9
