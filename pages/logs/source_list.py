"""The imported files on screen: their list, their rejected lines, and taking one out again."""

import pandas as pd
import streamlit as st

from data.readers.registry import reader_named
from data.report import COUNTS
from data.snapshot import held_still
from data.sources import rejects, sources
from data.store import Store
from pages.logs.desk import ImportDesk, Work
from pages.logs.progress import show_progress
from pages.logs.report_words import findings_text, in_words_of_the_page, period_text
from pages.session.exports import csv_bytes

_SHOWN_COUNTS = ("records", "used", "rejected", "duplicates")


def show_sources(store: Store, desk: ImportDesk) -> None:
    """Draw the list of sources, and the actions on the one that is selected."""
    with held_still(store) as still:
        listed = sources(still)
    st.subheader("Imported files")
    for sentence in desk.said_of_sources:
        st.text(sentence)
    if desk.work is Work.REMOVE:
        show_progress(desk)
    if listed.empty:
        st.caption("Nothing was imported yet. Drop a log above, or load the sample logs to look around.")
        return
    st.caption(
        "Select a row at its left edge to see what the file told, to download its rejected lines or to remove it."
    )
    selected = _selected_row(listed, still.version)
    if selected is not None:
        with st.container(border=True):
            _show_details(selected)
            _show_actions(store, desk, selected)


def _selected_row(listed: pd.DataFrame, data_version: int) -> pd.Series | None:
    event = st.dataframe(
        listed,
        hide_index=True,
        column_order=["name", *_SHOWN_COUNTS, "imported_at"],
        column_config={
            "name": st.column_config.TextColumn("File", width="medium"),
            "imported_at": st.column_config.DatetimeColumn("Imported at (UTC)", format="YYYY-MM-DD HH:mm"),
            **{name: st.column_config.NumberColumn(name.capitalize(), format="localized") for name in _SHOWN_COUNTS},
        },
        on_select="rerun",
        selection_mode="single-row",
        key=f"sources_{data_version}",
        alt=f"The {len(listed):,} imported files with their import reports, the latest first.",
    )
    rows = event.selection.rows
    return listed.iloc[rows[0]] if rows and rows[0] < len(listed) else None


def _show_details(source: pd.Series) -> None:
    first_time, observed_until = (
        None if pd.isna(source[name]) else source[name].to_pydatetime() for name in ("first_time", "observed_until")
    )
    with st.container(gap="xxsmall"):
        st.text(f"{reader_named(source['format']).label}, {period_text(first_time, observed_until)}")
        name, message = source["name"], source["message"]
        st.text(name + in_words_of_the_page(message.removeprefix(name)))
        st.text(findings_text({name: int(source[name]) for name in COUNTS}))


def _show_actions(store: Store, desk: ImportDesk, source: pd.Series) -> None:
    source_id = int(source["source_id"])
    with st.container(horizontal=True):
        st.download_button(
            "Download rejected lines",
            lambda: csv_bytes(rejects(store, str(source_id))),
            file_name=f"rejected-lines-{source_id}.csv",
            mime="text/csv",
            key="download_rejects",
            icon=":material/download:",
            disabled=not source["rejected"],
            on_click="ignore",
        )
        if st.button("Remove", icon=":material/delete:", key="remove_source", disabled=desk.job is not None):
            _confirm_removal(desk, source_id, source["name"])


@st.dialog("Remove this file from the store?", icon=":material/delete:")
def _confirm_removal(desk: ImportDesk, source_id: int, name: str) -> None:
    st.text(name)
    st.caption(
        "All that only this file told leaves the numbers. The file itself is not touched; it can be imported again."
    )
    with st.container(horizontal=True):
        if st.button("Remove", type="primary", key="confirm_removal"):
            desk.remove(source_id, name)
            st.rerun()
        if st.button("Keep", key="keep_source"):
            st.rerun()
