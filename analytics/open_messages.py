"""Messages still open, and when they end at the latest."""

from datetime import datetime

import pandas as pd

from analytics.failure_hours import HOUR
from analytics.questions import asking
from analytics.selection import Selection, Step, changes_to
from data.deliveries import Delivery
from data.states import State
from data.store import Store

OPEN_STATES = (State.IN_FLIGHT, State.RETRYING)


def open_messages(
    store: Store, delivery: Delivery, at: datetime | None = None, *, with_test_profiles: bool = False
) -> pd.DataFrame:
    """The messages in flight or being retried at a moment (UTC; by default the last observed), by hour of their relay.

    Columns: relay_hour (since the start, from 1, with its end; what lies before is in the first), in_flight, retrying
    (messages), and between which moments (UTC) their validity periods end: first_end, last_end. That is the end that
    the log names, or relay + validity.
    """
    with asking(store) as ask:
        return ask.frame(
            "open_message",
            delivery_key=delivery.delivery_key,
            at=delivery.moment(at),
            with_test_profiles=with_test_profiles,
        )


def open_since(delivery: Delivery, relay_hour: int, *states: State) -> Selection:
    """The messages in some open states that were relayed in an hour since the start."""
    since = None if relay_hour == 1 else delivery.started_at + HOUR * (relay_hour - 1)
    step = Step(changes=_RELAYS, since=since, until=delivery.started_at + HOUR * relay_hour)
    return Selection(states=states or OPEN_STATES, step=step)


_RELAYS = ((None, State.IN_FLIGHT), *changes_to(State.IN_FLIGHT))
