"""The imported files on screen: their list, their rejected lines, and taking one out again."""

import pandas as pd
import streamlit as st

from data.readers.registry import reader_named
from data.report import COUNTS, kept_message
from data.snapshot import held_still
from data.sources import rejects, sources
from data.store import Store
from pages.i18n.told import told
from pages.i18n.words import phrase, words
from pages.logs.desk import ImportDesk, Work
from pages.logs.progress import show_progress
from pages.logs.report_words import findings_text, message_text, period_text
from pages.parts.columns import Columns, count_column, minute_column
from pages.parts.table import in_words
from pages.session.table_files import csv_file

_SHOWN_COUNTS = {
    "records": phrase("Records"),
    "used": phrase("Used"),
    "rejected": phrase("Rejected records"),
    "duplicates": phrase("Duplicates"),
    "ignored": phrase("Ignored"),
}


def show_sources(store: Store, desk: ImportDesk) -> None:
    """Draw the list of sources, and the actions on the one that is selected."""
    with held_still(store) as still:
        listed = sources(still)
    st.subheader(words("Imported files"))
    for sentence in desk.said_of_sources:
        st.text(told(sentence))
    if desk.work is Work.REMOVE:
        show_progress(desk)
    if listed.empty:
        st.caption(words("Nothing was imported yet. Drop a log above, or load the sample logs to look around."))
        return
    st.caption(
        words(
            "Select a row at its left edge to see what the file told, to download its rejected lines or to remove it."
        )
    )
    selected = _selected_row(listed, still.version)
    if selected is not None:
        with st.container(border=True):
            _show_details(store, selected)
            _show_actions(store, desk, selected)


def _selected_row(listed: pd.DataFrame, data_version: int) -> pd.Series | None:
    columns: Columns = {
        "name": st.column_config.TextColumn(words("File"), width="medium"),
        **{name: count_column(words(label)) for name, label in _SHOWN_COUNTS.items()},
        "imported_at": minute_column(words("Imported at (UTC)")),
    }
    shown, headed = in_words(listed[list(columns)], columns)
    event = st.dataframe(
        shown,
        hide_index=True,
        column_config=headed,
        on_select="rerun",
        selection_mode="single-row",
        key=f"sources_{data_version}",
        alt=words("The {count} imported files with their import reports, the latest first.", count=len(listed)),
    )
    rows = event.selection.rows
    return listed.iloc[rows[0]] if rows and rows[0] < len(listed) else None


def _show_details(store: Store, source: pd.Series) -> None:
    first_time, observed_until = (
        None if pd.isna(source[name]) else source[name].to_pydatetime() for name in ("first_time", "observed_until")
    )
    with st.container(gap="xxsmall"):
        st.text(f"{reader_named(source['format']).label}, {period_text(first_time, observed_until)}")
        message = kept_message(store, int(source["source_id"])) or source["message"]
        st.text(message_text(message, source["name"]))
        st.text(findings_text({name: int(source[name]) for name in COUNTS}))


def _show_actions(store: Store, desk: ImportDesk, source: pd.Series) -> None:
    source_id = int(source["source_id"])
    with st.container(horizontal=True):
        st.download_button(
            words("Download rejected lines"),
            lambda: csv_file(rejects(store, str(source_id))),
            file_name=f"rejected-lines-{source_id}.csv",
            mime="text/csv",
            key="download_rejects",
            icon=":material/download:",
            disabled=not source["rejected"],
            on_click="ignore",
        )
        if st.button(words("Remove"), icon=":material/delete:", key="remove_source", disabled=desk.job is not None):
            title = words("Remove this file from the store?")
            st.dialog(title, icon=":material/delete:")(_confirm_removal)(desk, source_id, source["name"])


def _confirm_removal(desk: ImportDesk, source_id: int, name: str) -> None:
    st.text(name)
    st.caption(
        words(
            "All that only this file told leaves the numbers. The file itself is not touched; it can be imported again."
        )
    )
    with st.container(horizontal=True):
        if st.button(words("Remove"), type="primary", key="confirm_removal"):
            desk.remove(source_id, name)
            st.rerun()
        if st.button(words("Keep"), key="keep_source"):
            st.rerun()
