"""Sending logs: who got it, who did not, and why, as it stood at the chosen moment."""

from dataclasses import replace
from functools import partial

import streamlit as st

from analytics.exclusions import EXCLUDED
from analytics.selection import Selection
from data.snapshot import Snapshot
from pages.i18n.words import phrase, words
from pages.messages.exclusions import draw_causes
from pages.messages.log_columns import log_columns
from pages.messages.log_export import draw_export
from pages.messages.log_filters import draw_filters, draw_parts, draw_search
from pages.messages.log_query import asked_option, asked_selection
from pages.messages.log_table import Listing, draw_list, draw_order, standing_text, total_of
from pages.parts.page import delivery_page
from pages.session.asked import Filters

_LOGS = {
    "sending": phrase("Sending logs"),
    "exclusions": phrase("Exclusion logs"),
    "causes": phrase("Exclusion causes"),
}


def draw_log(store: Snapshot, asked: Filters, selection: Selection, *, of_exclusions: bool) -> None:
    """Draw the controls of a log, and the log."""
    with st.container(horizontal=True, vertical_alignment="center"):
        draw_search(selection)
        draw_filters(store, asked, selection, with_state=not of_exclusions)
        sort, descending = draw_order()
        shown = st.toggle(words("Show addresses"), key="show_addresses", persist_state="session")
        menu = st.container(width="content")
    draw_parts(selection, but=("kpi", "states") if of_exclusions else ())
    meant = replace(selection, kpi=None, states=EXCLUDED.states) if of_exclusions else selection
    columns = log_columns(of_exclusions=of_exclusions, with_test_profiles=asked.with_test_profiles)
    listing = Listing(meant, sort, descending, not shown, columns)
    total = total_of(store, asked, meant)
    with menu:
        draw_export(store.live, asked, listing, total)
    st.caption(standing_text(asked, total))
    draw_list(store, asked, listing, total)


with delivery_page(words("Sending logs")) as (store, asked):
    draw = partial(
        st.segmented_control,
        words("Log"),
        format_func=lambda log: words(_LOGS[log]),
        required=True,
        label_visibility="collapsed",
    )
    log = asked_option("log", list(_LOGS), "sending", draw)
    if log == "causes":
        draw_causes(store, asked)
    else:
        draw_log(store, asked, asked_selection(), of_exclusions=log == "exclusions")
