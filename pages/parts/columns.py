"""The columns of tables: what stands in them and how it is written, the same in all tables."""

from collections.abc import Iterable
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from pages.i18n.formats import count_text
from pages.i18n.words import words

Columns = dict[str, ColumnConfig | str | None]
"""How the columns of a table are headed and formatted, by their names in the frame."""
Heads = dict[str, str]
"""What stands over the columns of a table that belong together, by their names in the frame."""
_ROWS_WIDTH = 52
_LETTER_WIDTH, _PADDING = 6.1, 16


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


def with_heads(columns: Columns, table: pd.DataFrame, figures: Iterable[str]) -> tuple[Columns, Heads]:
    """The columns of a table, with each figure's name over its count and the way to its rows, for it takes their room.

    figures: the names of count columns; the ways to their rows stand in the columns of that name and "_rows".
    """
    known: dict[str, Any] = {name: columns[name] for name in figures}
    names = {name: config["label"] for name, config in known.items()}
    counts: Columns = {
        name: config | {"label": words("Count"), "width": _room(names[name], table[name])}
        for name, config in known.items()
    }
    return {**columns, **counts}, {part: head for name, head in names.items() for part in (name, f"{name}_rows")}


def _room(head: str, counts: pd.Series) -> int:
    """How wide (in pixels) a column of counts must be for them, and for a head over it and the way to its rows."""
    most = count_text(int(counts.max()))
    return max(_text_width(words("Count")), _text_width(most), _text_width(head) - _ROWS_WIDTH)


def _text_width(text: str) -> int:
    return round(len(text) * _LETTER_WIDTH) + _PADDING
