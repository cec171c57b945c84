"""Sending logs: who got it, who did not, and why, as it stood at the chosen moment."""

from dataclasses import replace
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.exclusions import EXCLUDED
from analytics.selection import Selection
from data.snapshot import Snapshot
from pages.i18n.words import phrase, words
from pages.messages.exclusions import draw_causes
from pages.messages.log_columns import log_columns
from pages.messages.log_export import draw_export
from pages.messages.log_filters import draw_filters, draw_parts, draw_search
from pages.messages.log_query import asked_option, asked_selection
from pages.messages.log_table import Listing, draw_list, draw_order, page_of, standing_text
from pages.messages.recipient_link import draw_standing
from pages.parts.page import delivery_page
from pages.session.asked import Filters

_LOGS = {
    "sending": phrase("Sending logs"),
    "exclusions": phrase("Exclusion logs"),
    "causes": phrase("Exclusion causes"),
}


def draw_log(
    store: Snapshot, asked: Filters, selection: Selection, menu: DeltaGenerator, *, of_exclusions: bool
) -> None:
    """Draw the controls of a log, and the log."""
    with st.container(horizontal=True, vertical_alignment="center"):
        draw_search(selection)
        draw_filters(store, asked, selection, with_state=not of_exclusions)
        sort, descending = draw_order()
    draw_parts(selection, but=("kpi", "states") if of_exclusions else ())
    meant = replace(selection, kpi=None, states=EXCLUDED.states) if of_exclusions else selection
    columns = log_columns(of_exclusions=of_exclusions, with_test_profiles=asked.with_test_profiles)
    with menu:
        shown = st.toggle(words("Show addresses"), key="show_addresses", persist_state="session")
        listing = Listing(meant, sort, descending, not shown, columns)
        page = page_of(store, asked, listing)
        draw_export(store.live, asked, listing, page.total)
    draw_standing(asked, standing_text(asked, page.total))
    draw_list(asked, listing, page)


def chosen_log() -> tuple[str, DeltaGenerator]:
    """Draw the choice of the log, and give the place of the menu beside it."""
    told = {log: words(text) for log, text in _LOGS.items()}
    draw = partial(
        st.segmented_control,
        words("Log"),
        format_func=told.__getitem__,
        required=True,
        label_visibility="collapsed",
    )
    # Above the table there is its own toolbar, so the menu stands higher.
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        log = asked_option("log", list(_LOGS), "sending", draw)
        return log, st.container(horizontal=True, vertical_alignment="center", width="content")


with delivery_page(words("Sending logs")) as (store, asked):
    log, menu = chosen_log()
    if log == "causes":
        draw_causes(store, asked, menu)
    else:
        draw_log(store, asked, asked_selection(), menu, of_exclusions=log == "exclusions")
