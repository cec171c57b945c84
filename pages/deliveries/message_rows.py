"""The rows behind a number of the tile, in a dialog. Which number it is stands in the URL."""

from dataclasses import replace

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from analytics.modes import Kpi
from analytics.rows import row_count, rows
from data.deliveries import delivery
from data.snapshot import Snapshot, held_still
from pages.i18n.formats import count_text, moment_text
from pages.i18n.words import messages_text
from pages.session.answer_cache import answer_of
from pages.session.asked import Filters
from pages.session.exports import csv_bytes, file_name
from pages.session.store import opened_store

KPI_WORDS = {
    Kpi.TO_DELIVER: "To deliver",
    Kpi.SENT: "Sent",
    Kpi.DELIVERED: "Delivered",
    Kpi.BOUNCES_ERRORS: "Bounces + errors",
    Kpi.PENDING: "Pending",
    Kpi.CANCELED: "Canceled",
    Kpi.OPENED: "Opened",
    Kpi.CLICKED: "Clicked",
}
_PARAMETER = "rows"
_PAGE = "rows_page"
_PAGE_ROWS = 100
_MOST_EXPORTED = 100_000


def draw_rows_button(kpi: Kpi, count: int) -> None:
    """The button that opens the rows counted."""
    st.button(
        "Rows",
        key=f"rows_{kpi.value}",
        icon=":material/list:",
        type="tertiary",
        help=f"The messages counted as {KPI_WORDS[kpi]}",
        disabled=not count,
        on_click=_open,
        args=(kpi,),
    )


def draw_asked_rows(asked: Filters) -> None:
    """Draw the dialog if the URL asks for one."""
    kpi = {kpi.value: kpi for kpi in KPI_WORDS}.get(st.query_params.get(_PARAMETER, ""))
    if kpi:
        st.dialog(f"Rows: {KPI_WORDS[kpi]}", width="large", on_dismiss=_close)(_draw_rows)(asked, kpi)


def _open(kpi: Kpi) -> None:
    st.query_params[_PARAMETER] = kpi.value
    st.session_state[_PAGE] = 1


def _close() -> None:
    st.query_params.pop(_PARAMETER, None)


def _draw_rows(asked: Filters, kpi: Kpi) -> None:
    """Draw a page of rows. Paging runs this alone, so it asks by itself whether the numbers above still hold."""
    with held_still(opened_store()) as store:
        if store.version != asked.version:
            st.rerun()
        _draw_page(store, asked, kpi)


def _draw_page(store: Snapshot, asked: Filters, kpi: Kpi) -> None:
    total = _total(store, asked, kpi)
    st.caption(f"{messages_text(total)} as of {moment_text(asked.at)}, the latest change first. Times are UTC.")
    controls = st.container(horizontal=True, vertical_alignment="bottom")
    pages = max(1, -(-total // _PAGE_ROWS))
    label = f"Page {count_text(st.session_state.get(_PAGE, 1))} of {count_text(pages)}"
    page = controls.number_input(label, 1, pages, key=_PAGE, width=160)
    shown = controls.toggle("Show addresses", key="rows_addresses")
    controls.download_button(
        "CSV",
        lambda: _export(asked, kpi, masked=not shown),
        file_name(asked.delivery.delivery_id, kpi.value),
        "text/csv",
        icon=":material/download:",
        on_click="ignore",
        help=f"These rows as a file; the first {count_text(_MOST_EXPORTED)} if there are more",
    )
    table = _rows(store, asked, kpi, masked=not shown, limit=_PAGE_ROWS, offset=(page - 1) * _PAGE_ROWS)
    st.dataframe(
        table if asked.with_test_profiles else table.drop(columns="test_profile"),
        hide_index=True,
        column_config=_COLUMNS,
        placeholder="",
        alt=f"{count_text(len(table))} of the {messages_text(total)} counted as {KPI_WORDS[kpi]}",
    )


def _total(store: Snapshot, asked: Filters, kpi: Kpi) -> int:
    return answer_of(
        store,
        ("row count", kpi, asked.at, *asked.course_key),
        lambda: row_count(
            store, asked.delivery, kpi, asked.mode, asked.at, with_test_profiles=asked.with_test_profiles
        ),
    )


def _export(asked: Filters, kpi: Kpi, *, masked: bool) -> bytes:
    """The rows as they are when the file is asked for, which may be long after the page was drawn."""
    with held_still(opened_store()) as store:
        now = replace(asked, delivery=delivery(store, asked.delivery.delivery_id))
        return csv_bytes(_rows(store, now, kpi, masked=masked, limit=_MOST_EXPORTED))


def _rows(store: Snapshot, asked: Filters, kpi: Kpi, *, masked: bool, limit: int, offset: int = 0) -> pd.DataFrame:
    return rows(
        store,
        asked.delivery,
        kpi,
        asked.mode,
        asked.at,
        with_test_profiles=asked.with_test_profiles,
        masked=masked,
        limit=limit,
        offset=offset,
    )


_COLUMNS: dict[str, ColumnConfig | str | None] = {
    "date": st.column_config.DatetimeColumn("Date (UTC)", format="YYYY-MM-DD HH:mm:ss"),
    "status": "Status",
    "address": st.column_config.TextColumn("Address"),
    "nature_of_failure": st.column_config.TextColumn("Nature of failure"),
    "reason": st.column_config.TextColumn("Reason"),
    "failure_type": "Failure type",
    "message_id": st.column_config.TextColumn("Message"),
    "source": st.column_config.TextColumn("File"),
    "line": st.column_config.NumberColumn("Line", format="%d"),
    "test_profile": st.column_config.CheckboxColumn("Test profile"),
}
