"""A table whose numbers are written as the language spoken writes them, and are still sorted as numbers."""

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler
from streamlit.elements.lib.column_types import ColumnConfig

from pages.i18n.formats import count_text, number_text, share_text
from pages.parts.columns import Columns, Heads

PERCENT = "%.1f %%"
"""The format of a share that is in percent already."""
_MOST_ROWS = 300
"""Writing takes about 10 µs a cell; longer tables are left to the browser, whose language may be another."""


def draw_table(
    table: pd.DataFrame,
    columns: Columns,
    *,
    key: str,
    alt: str | None = None,
    column_order: Iterable[str] | None = None,
    unknown: str | None = None,
    heads: Heads | None = None,
) -> None:
    """Draw a table.

    columns: how each is headed and formatted; what is "localized", "percent" or PERCENT follows the language spoken.
    unknown: what stands where there is no value; by default nothing, and a dash for a share.
    """
    shown, headed = in_words(under_heads(table, heads) if heads else table, columns, unknown)
    st.dataframe(
        shown,
        hide_index=True,
        column_config=headed,
        column_order=column_order,
        placeholder=unknown or "",
        key=key,
        alt=alt,
    )


def in_words(
    table: pd.DataFrame, columns: Columns, unknown: str | None = None
) -> tuple[pd.DataFrame | Styler, Columns]:
    """The table with its numbers in words, and its columns without the formats that those stand for."""
    formats = {column: _format(columns[_name(column)]) for column in table if _name(column) in columns}
    written = {column: _WRITTEN[known] for column, known in formats.items() if known in _WRITTEN}
    if not written or len(table) > _MOST_ROWS:
        return table, columns
    names = {_name(column) for column in written}
    plain = {name: _without_format(column) if name in names else column for name, column in columns.items()}
    style = table.reset_index(drop=True).style
    return style.format(written, na_rep=unknown), plain  # type: ignore[arg-type]  # of each column


def under_heads(table: pd.DataFrame, heads: Heads) -> pd.DataFrame:
    """The table with a head over each of its columns, which may be empty."""
    return table.set_axis(pd.MultiIndex.from_tuples([(heads.get(name, ""), name) for name in map(str, table)]), axis=1)


def _name(column: Any) -> str:  # noqa: ANN401 - a column's own name, or the last of those that stand over it
    return str(column[-1] if isinstance(column, tuple) else column)


def _format(column: ColumnConfig | str | None) -> str:
    kind: Any = column.get("type_config") if isinstance(column, dict) else None
    return (kind or {}).get("format") or ""


def _without_format(column: Any) -> Any:  # noqa: ANN401 - Streamlit's own kinds of columns
    return {**column, "type_config": {**column["type_config"], "format": None}}


def _number(value: float) -> str:
    if pd.isna(value):
        return ""
    return count_text(int(value)) if value == int(value) else number_text(value)


def _percent(percent: float) -> str:
    return share_text(percent / 100)


_WRITTEN: dict[str, Callable[[float], str]] = {"localized": _number, "percent": share_text, PERCENT: _percent}
