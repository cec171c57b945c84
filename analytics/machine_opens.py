"""How soon after their acceptance messages are opened: machines open within seconds, people later."""

from datetime import datetime, timedelta

import numpy as np
import pandas as pd

from analytics.questions import asking
from data.deliveries import Delivery
from data.store import Store

_MICROSECOND = timedelta(microseconds=1)
_STEPS_PER_TENFOLD = 6
_SECOND_TO_TWO_MONTHS = 41
DELAYS = [
    timedelta(microseconds=round(10 ** (step / _STEPS_PER_TENFOLD) * 1_000_000))
    for step in range(_SECOND_TO_TWO_MONTHS)
]
"""The ends of the steps of a logarithmic scale from a second on, ten seconds among them."""


def delay_span(step: int) -> tuple[timedelta | None, timedelta | None]:
    """What a step reaches: longer than the first, at most the second; none where it is open to that side."""
    return DELAYS[step - 1] if step else None, DELAYS[step] if step < len(DELAYS) else None


def first_openings(
    store: Store, delivery: Delivery, at: datetime | None = None, *, with_test_profiles: bool = False
) -> tuple[pd.DataFrame, int]:
    """How long after their acceptance messages were first opened, up to a moment (UTC; by default the last observed).

    Returns a row per step from the first second to the longest delay told: step, longer_than and within (seconds; the
    first excluded, the second included, NaN where the last step has no end) and messages; and how many more were opened
    before their acceptance or without any.
    """
    with asking(store) as ask:
        told = ask.columns(
            "first_opening",
            delivery_key=delivery.delivery_key,
            at=delivery.moment(at),
            with_test_profiles=with_test_profiles,
            steps=[delay // _MICROSECOND for delay in DELAYS],
        )
    steps = np.ma.masked_array(told["step"])
    is_known = ~np.ma.getmaskarray(steps)
    known = np.ma.getdata(steps)[is_known].astype(np.int64)
    counts = np.zeros(known.max() + 1 if len(known) else 0, dtype=np.int64)
    counts[known] = told["messages"][is_known]
    spans = [delay_span(step) for step in range(len(counts))]
    listed = pd.DataFrame(
        {
            "step": np.arange(len(counts)),
            "longer_than": [0.0 if after is None else after.total_seconds() for after, _ in spans],
            "within": [np.nan if within is None else within.total_seconds() for _, within in spans],
            "messages": counts,
        }
    )
    return listed, int(told["messages"][~is_known].sum())
