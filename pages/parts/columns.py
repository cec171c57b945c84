"""The columns of tables: what stands in them and how it is written, the same in all tables."""

import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from pages.i18n.words import words

Columns = dict[str, ColumnConfig | str | None]
"""How the columns of a table are headed and formatted, by their names in the frame."""
_ROWS_WIDTH = 58


def count_column(label: str, *, told: str | None = None) -> ColumnConfig:
    """Whole numbers. told: what they mean, on hover."""
    return st.column_config.NumberColumn(label, format="localized", help=told)


def share_column(label: str) -> ColumnConfig:
    """Shares (0..1), shown in percent."""
    return st.column_config.NumberColumn(label, format="percent")


def moment_column(label: str) -> ColumnConfig:
    """Moments (UTC) to the second; the label says the zone."""
    return st.column_config.DatetimeColumn(label, format="YYYY-MM-DD HH:mm:ss")


def minute_column(label: str) -> ColumnConfig:
    """Moments (UTC) to the minute; the label says the zone."""
    return st.column_config.DatetimeColumn(label, format="YYYY-MM-DD HH:mm")


def rows_column(label: str | None = None) -> ColumnConfig:
    """Links to the rows that a figure counts. label: of the figure, where it does not stand in the column before."""
    width = _ROWS_WIDTH if label is None else None
    return st.column_config.LinkColumn(label or words("Rows"), display_text=words("Rows"), width=width)
