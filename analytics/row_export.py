"""All rows of a selection, part by part, so that only one part at a time is held."""

from collections.abc import Iterator
from datetime import datetime

import pandas as pd

from analytics.modes import Mode
from analytics.rows import listed_rows, selected_messages
from analytics.selected import Sort
from analytics.selection import Selection
from data.deliveries import Delivery
from data.store import Store

_PART_ROWS = 50_000


def all_rows(
    store: Store,
    delivery: Delivery,
    selection: Selection,
    mode: Mode,
    at: datetime | None = None,
    *,
    with_test_profiles: bool = False,
    masked: bool = True,
    sort: Sort = Sort.DATE,
    descending: bool = True,
) -> Iterator[pd.DataFrame]:
    """The rows of a selection, as of analytics.rows.rows(), in frames one after the other: at least one, maybe empty.

    The store is asked as the frames are taken: a Snapshot answers all of them from one version of the data.
    Raises NoDeliveryFeedbackError where the log cannot answer in this mode.
    """
    messages = selected_messages(
        store, delivery, selection, mode, at, with_test_profiles=with_test_profiles, sort=sort, descending=descending
    )
    for begin in range(0, max(1, len(messages["message_key"])), _PART_ROWS):
        part = {name: column[begin : begin + _PART_ROWS] for name, column in messages.items() if name != "total"}
        yield listed_rows(store, delivery, selection, mode, at, part, masked=masked)
