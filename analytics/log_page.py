"""A page of the sending log with the number of all its rows, asked at once: a filter is looked through but once."""

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from analytics.message_pages import message_page
from analytics.modes import Mode
from analytics.questions import asking
from analytics.rows import listed_rows, row_count
from analytics.selected import Cut, Sort
from analytics.selection import Selection
from analytics.tile import check_mode
from data.deliveries import Delivery
from data.store import Store


@dataclass(frozen=True)
class LogPage:
    """A page: rows as of analytics.rows.rows(); total: of all pages; number: which page it is, from 1."""

    rows: pd.DataFrame
    total: int
    number: int
    pages: int


def log_page(
    store: Store,
    delivery: Delivery,
    selection: Selection,
    mode: Mode,
    at: datetime | None = None,
    *,
    number: int,
    page_rows: int,
    with_test_profiles: bool = False,
    masked: bool = True,
    sort: Sort = Sort.DATE,
    descending: bool = True,
) -> LogPage:
    """A page of so many rows, by its number from 1; the last page where there is none of that number.

    Raises NoDeliveryFeedbackError where the log cannot answer in this mode.
    """
    check_mode(delivery, mode)
    at = delivery.moment(at)
    cut = Cut(page_rows, (number - 1) * page_rows, sort, descending)
    with asking(store) as ask:
        messages = message_page(ask, delivery, selection, mode, at, cut, with_test_profiles=with_test_profiles)
    if selection.is_plain:
        total = row_count(store, delivery, selection, mode, at, with_test_profiles=with_test_profiles)
    else:
        total = int(messages["total"][0])
    pages = max(1, -(-total // page_rows))
    if number > pages:
        return log_page(
            store,
            delivery,
            selection,
            mode,
            at,
            number=pages,
            page_rows=page_rows,
            with_test_profiles=with_test_profiles,
            masked=masked,
            sort=sort,
            descending=descending,
        )
    found = listed_rows(store, delivery, selection, mode, at, messages, masked=masked)
    return LogPage(found, total, number, pages)
