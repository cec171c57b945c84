"""Which page of a long list is shown. Its number stands in the URL, so that a link shows the same rows."""

import re

import streamlit as st

from pages.session.address import write

PAGE_NUMBER = "page"
"""Its name in the URL."""
_KEY = "page_number"


def asked_page() -> int:
    """The page of the list, from 1; there may be none of that number."""
    named = st.query_params.get(PAGE_NUMBER, "")
    return int(named) if re.fullmatch(r"[1-9]\d{0,8}", named) else 1


def draw_pages(number: int, pages: int) -> None:
    """Draw the choice of the page; the first one is not in the URL."""
    st.session_state[_KEY] = number
    st.pagination(pages, key=_KEY, on_change=_written)


def _written() -> None:
    number = st.session_state[_KEY]
    write({PAGE_NUMBER: str(number) if number > 1 else None})
