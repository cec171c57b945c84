"""The menu of files that a chart or a table can be kept as."""

import pandas as pd
import streamlit as st

from pages.figures.plain import PlainFigure
from pages.i18n.words import words
from pages.session.exports import file_name
from pages.session.table_files import csv_file, parquet_file, xlsx_file

_FILES = {
    "CSV": ("csv", "text/csv", csv_file),
    "Excel (XLSX)": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", xlsx_file),
    "Parquet": ("parquet", "application/vnd.apache.parquet", parquet_file),
}


def draw_downloads(name: str, table: pd.DataFrame, subject: str, figure: PlainFigure | None = None) -> None:
    """Draw the menu. name: unique on the page, and part of the files' names; subject: what they are about."""
    with st.popover(words("Download"), icon=":material/download:", type="tertiary", key=f"{name}-downloads"):
        for label, (suffix, mime, written) in _FILES.items():
            st.download_button(
                label,
                lambda written=written: written(table),  # type: ignore[misc]
                file_name(subject, name, suffix),
                mime,
                key=f"{name}-{suffix}",
                on_click="ignore",
                type="tertiary",
            )
        if figure is not None:
            st.download_button(
                words("Chart (HTML)"),
                lambda: figure.as_page().encode(),
                file_name(subject, name, "html"),
                "text/html",
                key=f"{name}-html",
                on_click="ignore",
                type="tertiary",
            )
