"""The rows behind a number: the sending log as it stood at a moment, in a mode."""

from datetime import datetime

import pandas as pd

from analytics.modes import READINGS, Kpi, Mode, states_counting_as
from analytics.questions import asking
from analytics.tile import check_mode, engagement_shown_until
from data.deliveries import Delivery
from data.states import State
from data.store import Store

COLUMNS = ("date", "status", "address", "nature_of_failure", "reason", "failure_type", "test_profile")


def rows(
    store: Store,
    delivery: Delivery,
    kpi: Kpi,
    mode: Mode,
    at: datetime | None = None,
    *,
    with_test_profiles: bool = False,
    masked: bool = True,
    limit: int = 100,
    offset: int = 0,
) -> pd.DataFrame:
    """A page of the messages that a KPI of the tile counts at a moment, one row each.

    Columns: date (UTC, of the last change), status in the mode, address (masked unless asked for, in the query),
    nature_of_failure (the reason's name), reason (the text of the reply), failure_type, test_profile.
    """
    page = _asked(
        store,
        "message_row",
        delivery,
        kpi,
        mode,
        at,
        with_test_profiles=with_test_profiles,
        masked=masked,
        limit=limit,
        offset=offset,
    )
    statuses = {state.value: reading.status.value for state, reading in READINGS[mode].items()}
    return page.assign(status=page["state"].map(statuses))[list(COLUMNS)]


def row_count(
    store: Store,
    delivery: Delivery,
    kpi: Kpi,
    mode: Mode,
    at: datetime | None = None,
    *,
    with_test_profiles: bool = False,
) -> int:
    """How many rows there are behind a KPI."""
    counted = _asked(store, "message_row_count", delivery, kpi, mode, at, with_test_profiles=with_test_profiles)
    return int(counted["n"].sum())


def _asked(
    store: Store,
    question: str,
    delivery: Delivery,
    kpi: Kpi,
    mode: Mode,
    at: datetime | None,
    *,
    with_test_profiles: bool,
    **page: object,
) -> pd.DataFrame:
    check_mode(delivery, mode)
    at = delivery.moment(at)
    asked = {
        "delivery_key": delivery.delivery_key,
        "at": at,
        "engaged_until": engagement_shown_until(delivery, at),
        "kpi": kpi.value,
        "states": [state.value for state in _states(kpi, mode)],
        "with_test_profiles": with_test_profiles,
    }
    with asking(store) as ask:
        ask.frame("counted_message", **asked)
        return ask.frame(question, **asked, **page)


def _states(kpi: Kpi, mode: Mode) -> list[State]:
    """The states in which a message may be; the question narrows sent, opened and clicked further."""
    counted = states_counting_as(kpi, mode)
    return counted or [state for state in State if state is not State.EXCLUDED]
