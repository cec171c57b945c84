"""The way from a figure to the rows that it counts: a link to the Sending logs page with the filter in its URL."""

from urllib.parse import urlencode

import streamlit as st

from analytics.selection import Selection
from pages.i18n.words import plural, words
from pages.session.asked import Filters
from pages.session.choices import shared_choices
from pages.session.selection_query import Query, query_of

_PAGE = "pages/messages/sending_logs.py"
_PLACE = "sending-logs"


def draw_rows_link(asked: Filters, selection: Selection, count: int, label: str | None = None) -> None:
    """Draw the link to so many messages; none where there is nothing to open. label: "Rows" by default."""
    st.page_link(
        _PAGE,
        label=label or words("Rows"),
        icon=":material/list:",
        help=plural("Opens the {count} message counted here", "Opens the {count} messages counted here", count),
        disabled=not count,
        query_params=_query(asked, selection),
    )


def rows_url(asked: Filters, selection: Selection) -> str:
    """The address of the rows, from any page: for the links of a table."""
    return f"/{_PLACE}?{urlencode(_query(asked, selection), doseq=True)}"


def _query(asked: Filters, selection: Selection) -> Query:
    return shared_choices(asked.delivery.delivery_id) | query_of(selection)
