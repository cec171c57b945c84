"""Whom a delivery excluded before any attempt, and why."""

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from analytics.questions import asking
from analytics.selection import Selection
from data.deliveries import Delivery
from data.states import State
from data.store import Store

EXCLUDED = Selection(states=(State.EXCLUDED,))
"""The messages of the exclusion logs: whoever is ever excluded is outside To deliver all along."""


@dataclass(frozen=True)
class Exclusions:
    """The messages excluded from a delivery, as known at a moment."""

    causes: pd.DataFrame
    """One row per cause, the most frequent first: cause (the reason told by then, NONE_TOLD for none), messages, share
    (0..1 of the messages targeted)."""
    excluded: int
    targeted: int
    """All messages that the log ever names: those to deliver and those excluded."""


def exclusions(
    store: Store, delivery: Delivery, at: datetime | None = None, *, with_test_profiles: bool = False
) -> Exclusions:
    """The exclusions of a delivery with their causes as told by a moment (UTC; by default the last observed)."""
    with asking(store) as ask:
        answer = ask.frame(
            "exclusion_cause",
            delivery_key=delivery.delivery_key,
            at=delivery.moment(at),
            with_test_profiles=with_test_profiles,
        )
    targeted = int(answer["targeted"].iloc[0])
    causes = answer.dropna(subset="messages").astype({"messages": "int64"})
    told = causes.assign(share=causes["messages"] / targeted)[["cause", "messages", "share"]]
    return Exclusions(told, int(told["messages"].sum()), targeted)


def selection_of(cause: str) -> Selection:
    """The messages excluded for a cause."""
    return Selection(states=EXCLUDED.states, reasons=(cause,))
