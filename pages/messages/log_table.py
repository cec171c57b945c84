"""The list of messages: sorted and cut into pages by the store."""

from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from analytics.log_page import LogPage, log_page
from analytics.selected import Sort
from analytics.selection import Selection
from data.snapshot import Snapshot
from pages.i18n.formats import moment_text
from pages.i18n.terms import mode_text
from pages.i18n.words import messages_text, phrase, words
from pages.messages.log_columns import LogColumns
from pages.messages.log_layout import RECIPIENT, column_config
from pages.messages.log_query import asked_option
from pages.session.answer_cache import answer_of
from pages.session.asked import Filters
from pages.session.choices import shared_choices
from pages.session.page_number import asked_page, draw_pages

_PAGE_ROWS = 100
_ROW_HEIGHT = 35
_TALLEST = 620
_SORTS = {
    Sort.DATE: phrase("Date"),
    Sort.STATUS: phrase("Status"),
    Sort.ADDRESS: phrase("Address"),
    Sort.DOMAIN: phrase("Recipient domain"),
    Sort.NATURE_OF_FAILURE: phrase("Nature of failure"),
    Sort.FAILURE_TYPE: phrase("Failure type"),
}
_ORDERS = {"desc": phrase("Descending"), "asc": phrase("Ascending")}
_ORDER_ICONS = {"desc": ":material/arrow_downward:", "asc": ":material/arrow_upward:"}


@dataclass(frozen=True)
class Listing:
    """Which messages are listed, and how."""

    selection: Selection
    sort: Sort
    descending: bool
    masked: bool
    columns: LogColumns


def draw_order() -> tuple[Sort, bool]:
    """Draw what the list is sorted by, and whether in descending order: the latest first, but from A to Z."""
    told = {sort: words("Sorted by: {column}", column=words(column)) for sort, column in _SORTS.items()}
    by = partial(st.selectbox, words("Sort by"), format_func=told.__getitem__, label_visibility="collapsed")
    sort = asked_option("sort", list(Sort), Sort.DATE, by)
    order = partial(
        st.segmented_control,
        words("Order"),
        format_func=_ORDER_ICONS.__getitem__,
        required=True,
        label_visibility="collapsed",
    )
    return sort, asked_option("order", list(_ORDERS), "desc" if sort is Sort.DATE else "asc", order) == "desc"


def page_of(store: Snapshot, asked: Filters, listing: Listing) -> LogPage:
    """The page of the list that the URL asks for."""
    number = asked_page()
    how = (listing.selection, listing.sort, listing.descending, listing.masked, number)
    return answer_of(
        store,
        ("log page", *how, asked.at, *asked.course_key),
        lambda: log_page(
            store,
            asked.delivery,
            listing.selection,
            asked.mode,
            asked.at,
            number=number,
            page_rows=_PAGE_ROWS,
            with_test_profiles=asked.with_test_profiles,
            masked=listing.masked,
            sort=listing.sort,
            descending=listing.descending,
        ),
    )


def draw_list(asked: Filters, listing: Listing, page: LogPage) -> None:
    """Draw a page of the list, with the choice of the page."""
    table = listing.columns.worded(page.rows)
    links = _recipient_links(asked, page.rows, masked=listing.masked)
    table.insert(list(table.columns).index("address") + 1, RECIPIENT, links)
    st.dataframe(
        table,
        hide_index=True,
        column_config=column_config(listing.columns, table),
        height=min(_TALLEST, (len(table) + 1) * _ROW_HEIGHT + 3),
        placeholder="",
        alt=words("{shown} of {messages}", shown=len(table), messages=messages_text(page.total)),
        key="log_rows",
    )
    if page.pages > 1:
        draw_pages(page.number, page.pages)


def standing_text(asked: Filters, total: int) -> str:
    """How many messages are listed, and when and in which mode they stood so."""
    return words(
        "{messages} as of {moment} · {mode} · all times are UTC",
        messages=messages_text(total),
        moment=moment_text(asked.at),
        mode=mode_text(asked.mode),
    )


def _recipient_links(asked: Filters, found: pd.DataFrame, *, masked: bool) -> list[str]:
    """Where the recipient of each row is shown: by the address only where that is shown anyway."""
    shared = urlencode(shared_choices(asked.delivery.delivery_id), doseq=True)
    name, values = ("message", found["message_key"]) if masked else ("address", found["address"])
    return [f"/{RECIPIENT}?{shared}&{urlencode({name: value})}" for value in values]
