"""The tracking log: every open, click, opt-out and complaint, with filters that stand in the URL."""

from functools import partial

import pandas as pd
import streamlit as st

from analytics.tracking import Tracking
from analytics.tracking_rows import Conditions, tracking_rows
from data.deliveries import delivery
from data.snapshot import Snapshot, held_still
from pages.i18n.formats import moment_text
from pages.i18n.words import phrase, plural, words
from pages.parts.chart import control_row
from pages.parts.columns import Columns, count_column, moment_column
from pages.parts.downloads import draw_table_files
from pages.parts.table import draw_table
from pages.session.asked import Filters
from pages.session.page_number import asked_page, draw_pages
from pages.session.store import opened_store
from pages.tracking.answers import log_of
from pages.tracking.log_filters import chosen_conditions

_PAGE_ROWS = 100
_MOST_EXPORTED = 1_000_000
_KIND_WORDS = {
    "opened": phrase("Open"),
    "clicked": phrase("Email click"),
    "unsubscribed": phrase("Opt-out"),
    "complained": phrase("Complaint"),
}


def draw_log(store: Snapshot, asked: Filters, told: Tracking) -> None:
    """Draw a page of the events that meet the chosen conditions."""
    conditions = chosen_conditions(told)
    told_place, controls = control_row()
    with controls:
        masked = not st.toggle(words("Show addresses"), key="log_addresses")
    rows, total, number, pages = _page_of(store, asked, conditions, masked=masked)
    with controls:
        _draw_files(asked, conditions, masked=masked, disabled=not total)
    events = plural("{count} event", "{count} events", total)
    told_place.caption(words("{events} up to {moment}, the latest first.", events=events, moment=moment_text(asked.at)))
    shown = rows if asked.with_test_profiles else rows.drop(columns="test_profile")
    named = shown.assign(kind=shown["kind"].map(lambda kind: words(_KIND_WORDS[kind])))
    draw_table(named, _columns(), key="tracking-log", alt=events)
    if pages > 1:
        draw_pages(number, pages)


def _page_of(
    store: Snapshot, asked: Filters, conditions: Conditions, *, masked: bool
) -> tuple[pd.DataFrame, int, int, int]:
    """The events of the page asked for, or of the last one; how many events there are, the page and the last one."""
    number = asked_page()
    rows, total = _rows_of(store, asked, conditions, number, masked=masked)
    pages = max(1, -(-total // _PAGE_ROWS))
    if number > pages:
        rows, total = _rows_of(store, asked, conditions, pages, masked=masked)
    return rows, total, min(number, pages), pages


def _rows_of(
    store: Snapshot, asked: Filters, conditions: Conditions, number: int, *, masked: bool
) -> tuple[pd.DataFrame, int]:
    offset = (number - 1) * _PAGE_ROWS
    return log_of(store, asked, conditions, masked=masked, limit=_PAGE_ROWS, offset=offset)


def _draw_files(asked: Filters, conditions: Conditions, *, masked: bool, disabled: bool) -> None:
    with st.popover(words("Download"), icon=":material/download:", type="tertiary", disabled=disabled):
        st.caption(words("All these events, at most {count}", count=_MOST_EXPORTED))
        table = partial(_export, asked, conditions, masked=masked)
        draw_table_files("tracking-log", table, asked.delivery.delivery_id)


def _export(asked: Filters, conditions: Conditions, *, masked: bool) -> pd.DataFrame:
    """The events as they are when the file is asked for, which may be long after the page was drawn."""
    with held_still(opened_store()) as store:
        rows, _ = tracking_rows(
            store,
            delivery(store, asked.delivery.delivery_id),
            conditions,
            asked.at,
            with_test_profiles=asked.with_test_profiles,
            masked=masked,
            limit=_MOST_EXPORTED,
        )
    return rows


def _columns() -> Columns:
    return {
        "date": moment_column(words("Date (UTC)")),
        "address": st.column_config.TextColumn(words("Address")),
        "kind": st.column_config.TextColumn(words("Event"), width=110),
        "link": st.column_config.TextColumn(words("Link"), width="medium"),
        "is_machine": st.column_config.CheckboxColumn(words("Likely machine")),
        "seconds": count_column(words("Seconds since acceptance")),
        "message_id": st.column_config.TextColumn(words("Message")),
        "test_profile": st.column_config.CheckboxColumn(words("Test profile")),
        "source": st.column_config.TextColumn(words("File")),
        "line": st.column_config.NumberColumn(words("Line"), format="%d"),
    }
