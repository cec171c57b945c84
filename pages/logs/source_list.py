"""The imported files on screen: their list, their rejected lines, and taking one out again."""

import pandas as pd
import streamlit as st

from data.readers.registry import READERS
from data.sources import rejects, sources
from data.store import Store
from pages.logs.desk import ImportDesk
from pages.session.exports import csv_bytes

_COUNTS = ("records", "used", "duplicates", "rejected", "ignored", "events", "contradictions", "unknown")
_TIMES = {"imported_at": "Imported at (UTC)", "first_time": "From (UTC)", "observed_until": "To (UTC)"}


def show_sources(store: Store, desk: ImportDesk) -> None:
    """Draw the list of sources, and the actions on the one that is selected."""
    listed = sources(store)
    st.subheader("Imported files")
    if listed.empty:
        st.caption("Nothing was imported yet. Drop a log above, or load the sample logs to look around.")
        return
    selected = _selected_row(listed, store.data_version())
    if selected is None:
        st.caption("Select a row at its left edge to download the rejected lines of a file or to remove it.")
    else:
        _show_actions(store, desk, selected)


def _selected_row(listed: pd.DataFrame, data_version: int) -> pd.Series | None:
    labels = {reader.name: reader.label for reader in READERS}
    shown = listed.assign(format=listed["format"].map(labels).fillna(listed["format"]))
    event = st.dataframe(
        shown,
        hide_index=True,
        column_order=["name", "format", "imported_at", "first_time", "observed_until", *_COUNTS],
        column_config={
            "name": st.column_config.TextColumn("File", width="medium"),
            "format": st.column_config.TextColumn("Format"),
            **{
                name: st.column_config.DatetimeColumn(label, format="YYYY-MM-DD HH:mm")
                for name, label in _TIMES.items()
            },
            **{name: st.column_config.NumberColumn(name.capitalize(), format="localized") for name in _COUNTS},
        },
        on_select="rerun",
        selection_mode="single-row",
        key=f"sources_{data_version}",
        alt=f"The {len(listed):,} imported files with their import reports, the latest first.",
    )
    rows = event.selection.rows
    return listed.iloc[rows[0]] if rows and rows[0] < len(listed) else None


def _show_actions(store: Store, desk: ImportDesk, source: pd.Series) -> None:
    source_id = int(source["source_id"])
    st.text(source["message"])
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
