"""The rows behind a number: the sending log as it stood at a moment, in a mode."""

from collections.abc import Callable
from datetime import datetime

import pandas as pd

from analytics.engagement import OPENING
from analytics.message_pages import message_page
from analytics.modes import READINGS, Kpi, Mode
from analytics.questions import Columns, Questions, asking
from analytics.selected import Cut, Sort, selected_page, states_asked
from analytics.selection import Selection
from analytics.tile import check_mode, tile
from data.deliveries import Delivery
from data.events import Kind
from data.states import State
from data.store import Store

COLUMNS = (
    *("date", "status", "state", "address", "nature_of_failure", "reason", "failure_type", "test_profile"),
    *("message_id", "source", "line", "message_key"),
)
_ALL = 2**62
_KINDS = {Kpi.OPENED: [kind.value for kind in OPENING], Kpi.CLICKED: [Kind.CLICKED.value]}
"""The events that make a message count, where it is not its state that does."""


def rows(
    store: Store,
    delivery: Delivery,
    asked: Selection | Kpi,
    mode: Mode,
    at: datetime | None = None,
    *,
    with_test_profiles: bool = False,
    masked: bool = True,
    limit: int = 100,
    offset: int = 0,
    sort: Sort = Sort.DATE,
    descending: bool = True,
) -> pd.DataFrame:
    """A page of the messages selected, or counted by a KPI of the tile, at a moment; by default the latest first.

    Columns: date (UTC, of the last change; of the first opening or click where the KPI counts those), status in the
    mode, state (as stored, whatever the mode), address (masked unless asked for, in the query), nature_of_failure (the
    reason's name), failure_type, test_profile, message_id; and of the event of that date, if one was logged: reason
    (the text of the reply), source (the file's name), line; message_key, which names the message in the store.
    Raises NoDeliveryFeedbackError where the log cannot answer in this mode.
    """
    check_mode(delivery, mode)
    at = delivery.moment(at)
    selection = _selection(asked)
    cut = Cut(limit, offset, sort, descending)
    with asking(store) as ask:
        page = message_page(ask, delivery, selection, mode, at, cut, with_test_profiles=with_test_profiles)
        return _listed(ask, delivery, selection, mode, at, page, masked=masked)


def selected_messages(
    store: Store,
    delivery: Delivery,
    selection: Selection,
    mode: Mode,
    at: datetime | None = None,
    *,
    with_test_profiles: bool = False,
    sort: Sort = Sort.DATE,
    descending: bool = True,
) -> Columns:
    """All messages selected, in their order: the columns message_key, date and test_profile, for listed_rows()."""
    check_mode(delivery, mode)
    at, cut = delivery.moment(at), Cut(_ALL, 0, sort, descending)
    with asking(store) as ask:
        return message_page(ask, delivery, selection, mode, at, cut, with_test_profiles=with_test_profiles)


def listed_rows(
    store: Store,
    delivery: Delivery,
    selection: Selection,
    mode: Mode,
    at: datetime | None,
    messages: Columns,
    *,
    masked: bool = True,
) -> pd.DataFrame:
    """The rows, as of rows(), of some of selected_messages()."""
    with asking(store) as ask:
        return _listed(ask, delivery, selection, mode, delivery.moment(at), messages, masked=masked)


def row_count(
    store: Store,
    delivery: Delivery,
    asked: Selection | Kpi,
    mode: Mode,
    at: datetime | None = None,
    *,
    with_test_profiles: bool = False,
) -> int:
    """How many rows there are: of a KPI, its own count."""
    selection = _selection(asked)
    if selection.is_plain:
        shown = tile(store, delivery, mode, at, with_test_profiles=with_test_profiles)
        count: int = getattr(shown, (selection.kpi or Kpi.TO_DELIVER).value)
        return count
    check_mode(delivery, mode)
    at = delivery.moment(at)
    with asking(store) as ask:
        page = selected_page(ask, delivery, selection, mode, at, Cut(0), with_test_profiles=with_test_profiles)
    return int(page["total"][0])


def _selection(asked: Selection | Kpi) -> Selection:
    return Selection(kpi=asked) if isinstance(asked, Kpi) else asked


def _listed(
    ask: Questions, delivery: Delivery, selection: Selection, mode: Mode, at: datetime, page: Columns, *, masked: bool
) -> pd.DataFrame:
    """The rows of a page. Events are looked for around the dates first, which is all that most messages need."""
    around = _span(pd.Series(page["date"]))
    # The last change of a message that counts for its opening may lie anywhere before.
    kinds = _KINDS.get(selection.kpi, []) if selection.kpi else []
    changed_first, changed_last = (datetime.min, at) if kinds else around

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
            kinds=kinds,
            is_excluded_asked=State.EXCLUDED in states_asked(selection, mode),
            masked=masked,
        ).set_index(places)

    listed = found(pd.RangeIndex(len(page["date"])), *around)
    # What is inferred has no event of its date. Where the relay was logged, an event is there; else anywhere.
    listed = _completed(listed, lambda missing: found(missing.index, *_span(missing["relayed_at"])))
    listed = _completed(listed, lambda missing: found(missing.index, datetime.min, datetime.max))
    statuses = {state.value: reading.status.value for state, reading in READINGS[mode].items()}
    return listed.assign(status=listed["state"].map(statuses)).astype({"line": "Int64"})[list(COLUMNS)]


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
