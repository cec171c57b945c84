"""The rows behind a number: the sending log as it stood at a moment, in a mode."""

from collections.abc import Callable
from datetime import datetime

import pandas as pd

from analytics.message_pages import message_page
from analytics.modes import READINGS, Kpi, Mode
from analytics.questions import Columns, Questions, asking
from analytics.tile import check_mode, tile
from data.deliveries import Delivery
from data.store import Store

COLUMNS = (
    *("date", "status", "address", "nature_of_failure", "reason", "failure_type", "test_profile"),
    *("message_id", "source", "line"),
)
_KINDS = {Kpi.OPENED: ["opened", "clicked", "unsubscribed"], Kpi.CLICKED: ["clicked"]}
"""The events that make a message count, where it is not its state that does."""


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
    """A page of the messages that a KPI of the tile counts at a moment, the latest date first, one row each.

    Columns: date (UTC, of the last change, or of the first opening or click), status in the mode, address (masked
    unless asked for, in the query), nature_of_failure (the reason's name), failure_type, test_profile, message_id; and
    of the event of that date, if one was logged: reason (the text of the reply), source (the file's name), line.
    """
    check_mode(delivery, mode)
    at = delivery.moment(at)
    with asking(store) as ask:
        page = message_page(
            ask, delivery, kpi, mode, at, with_test_profiles=with_test_profiles, limit=limit, offset=offset
        )
        listed = _listed(ask, delivery, kpi, at, page, masked=masked)
    statuses = {state.value: reading.status.value for state, reading in READINGS[mode].items()}
    return listed.assign(status=listed["state"].map(statuses))[list(COLUMNS)]


def row_count(
    store: Store,
    delivery: Delivery,
    kpi: Kpi,
    mode: Mode,
    at: datetime | None = None,
    *,
    with_test_profiles: bool = False,
) -> int:
    """How many rows there are behind a KPI: its own count."""
    count: int = getattr(tile(store, delivery, mode, at, with_test_profiles=with_test_profiles), kpi.value)
    return count


def _listed(ask: Questions, delivery: Delivery, kpi: Kpi, at: datetime, page: Columns, *, masked: bool) -> pd.DataFrame:
    """The rows of a page. Events are looked for around the dates first, which is all that most messages need."""
    around = _span(pd.Series(page["date"]))
    # The last change of a message that counts for its opening may lie anywhere before.
    changed_first, changed_last = (datetime.min, at) if kpi in _KINDS else around

    def found(places: pd.Index, told_first: datetime | None, told_last: datetime | None) -> pd.DataFrame:
        return ask.frame(
            "message_row",
            delivery_key=delivery.delivery_key,
            messages=page["message_key"][places].tolist(),
            dates=page["date"][places].tolist(),
            test_profiles=page["test_profile"][places].tolist(),
            changed_first=changed_first,
            changed_last=changed_last,
            told_first=told_first,
            told_last=told_last,
            kinds=_KINDS.get(kpi, []),
            masked=masked,
        ).set_index(places)

    listed = found(pd.RangeIndex(len(page["date"])), *around)
    # What is inferred has no event of its date. Where the relay was logged, an event is there; else anywhere.
    listed = _completed(listed, lambda missing: found(missing.index, *_span(missing["relayed_at"])))
    listed = _completed(listed, lambda missing: found(missing.index, datetime.min, datetime.max))
    return listed.astype({"line": "Int64"})


def _completed(listed: pd.DataFrame, found: Callable[[pd.DataFrame], pd.DataFrame]) -> pd.DataFrame:
    """The rows, with those without an address found again."""
    is_missing = listed["address"].isna()
    if not is_missing.any():
        return listed
    return pd.concat([listed[~is_missing], found(listed[is_missing])]).sort_index()


def _span(moments: pd.Series) -> tuple[datetime | None, datetime | None]:
    """The first and the last of some moments; none where there is none."""
    first, last = moments.min(), moments.max()
    return (None, None) if pd.isna(first) else (first.to_pydatetime(), last.to_pydatetime())
