"""The menu of files that a chart or a table can be kept as."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

from pages.figures.plain import PlainFigure
from pages.i18n.words import words
from pages.session.table_files import FORMAT_NAMES, MIME_TYPES, TableFormat, file_name, table_file


def draw_downloads(name: str, table: pd.DataFrame, subject: str, figure: PlainFigure | None = None) -> None:
    """Draw the menu. name: unique on the page, and part of the files' names; subject: what they are about."""
    with st.popover(words("Download"), icon=":material/download:", type="tertiary", key=f"{name}-downloads"):
        draw_table_files(name, lambda: table, subject)
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


def draw_table_files(name: str, table: Callable[[], pd.DataFrame], subject: str) -> None:
    """Draw a button for each format of a table, which is asked for when its button is pressed."""
    for table_format, label in FORMAT_NAMES.items():
        st.download_button(
            label,
            partial(_written, table, table_format),
            file_name(subject, name, table_format),
            MIME_TYPES[table_format],
            key=f"{name}-{table_format}",
            on_click="ignore",
            type="tertiary",
        )


def _written(table: Callable[[], pd.DataFrame], table_format: TableFormat) -> bytes:
    return table_file(table(), table_format)
