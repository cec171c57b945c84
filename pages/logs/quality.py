"""The data-quality report of a dropped file: what is odd about it, with the rows of each finding, and all as a file."""

import json

import streamlit as st

from data.quality import MEANINGS, MOST_ROWS, Finding, Quality
from pages.i18n.told import told
from pages.i18n.words import words
from pages.logs.quality_words import drawn_text, finding_text, in_words
from pages.parts.columns import Columns, moment_column
from pages.session.table_files import csv_file, file_name

_MOST_DRAWN = 1000
_WIDTHS = [2.5, 6.6, 1.4]


def show_quality(quality: Quality, source: str, key: str) -> None:
    """Draw the findings, one a line. source: the name of the file. key: of the widgets."""
    with st.container(gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{words('Data quality')}**", width="stretch")
            if quality.counts:
                _show_download(quality, source, key)
        if not quality.counts:
            st.caption(words("Nothing odd was found."))
        for finding, count in quality.counts.items():
            _show_finding(quality, finding, count, key)


def quality_csv(quality: Quality, *, masked: bool) -> bytes:
    """The rows of all findings as CSV that is harmless in a spreadsheet. masked: whether addresses are hidden."""
    return csv_file(quality.listed(masked=masked))


def quality_json(quality: Quality, *, masked: bool) -> bytes:
    """The report as JSON, as `python -m data check --json` prints it. masked: whether addresses are hidden."""
    return json.dumps(quality.as_json(masked=masked), indent=2, ensure_ascii=False).encode()


def _show_finding(quality: Quality, finding: Finding, count: int, key: str) -> None:
    said, meaning, rows = st.columns(_WIDTHS, vertical_alignment="center")
    said.markdown(finding_text(finding, count))
    meaning.caption(told(MEANINGS[finding]))
    if finding is Finding.CUT_OFF:
        return
    if rows.button(
        words("Rows"), key=f"quality_{finding}_{key}", icon=":material/list:", type="tertiary", width="stretch"
    ):
        st.dialog(finding_text(finding, count), width="large")(_draw_rows)(quality, finding, count)


def _draw_rows(quality: Quality, finding: Finding, count: int) -> None:
    st.caption(told(MEANINGS[finding]))
    with st.container(horizontal=True, vertical_alignment="center"):
        masked = not st.toggle(words("Show addresses"), key="quality_rows_addresses")
        drawn = quality.rows_of(finding, masked=masked, limit=_MOST_DRAWN).dropna(axis="columns", how="all")
        st.caption(drawn_text(len(drawn), count), width="stretch", text_alignment="right")
    st.dataframe(
        in_words(drawn, finding),
        hide_index=True,
        column_config=_columns(),
        placeholder="",
        alt=f"{drawn_text(len(drawn), count)} {told(MEANINGS[finding])}",
    )


def _show_download(quality: Quality, source: str, key: str) -> None:
    with st.popover(words("Download"), icon=":material/download:", type="tertiary", key=f"quality_download_{key}"):
        st.caption(words("The rows of all findings, up to {count} of each.", count=MOST_ROWS))
        masked = not st.toggle(words("With addresses"), key=f"quality_addresses_{key}")
        with st.container(horizontal=True):
            st.download_button(
                "CSV",
                lambda: quality_csv(quality, masked=masked),
                file_name(source, "data-quality"),
                "text/csv",
                key=f"quality_csv_{key}",
                on_click="ignore",
            )
            st.download_button(
                "JSON",
                lambda: quality_json(quality, masked=masked),
                file_name(source, "data-quality", "json"),
                "application/json",
                key=f"quality_json_{key}",
                on_click="ignore",
            )


def _columns() -> Columns:
    return {
        "line": st.column_config.NumberColumn(words("Line"), format="%d", width="small"),
        "delivery_id": st.column_config.TextColumn(words("Delivery")),
        "message_id": st.column_config.TextColumn(words("Message")),
        "recipient": st.column_config.TextColumn(words("Address")),
        "event_time": moment_column(words("Date (UTC)")),
        "kind": st.column_config.TextColumn(words("Event")),
        "reason": st.column_config.TextColumn(words("Reason")),
        "detail": st.column_config.TextColumn(words("Detail"), width="large"),
    }
