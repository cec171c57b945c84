"""A chart with what belongs to every chart: its takeaway in words, its numbers as a table, and both as files."""

from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.figures.plain import PlainFigure
from pages.i18n.words import words
from pages.parts.columns import Columns
from pages.parts.downloads import draw_downloads
from pages.parts.table import draw_table
from pages.session.asked import Filters
from pages.session.choices import switch

_SPARE_BUTTONS = ["zoomIn2d", "zoomOut2d", "autoScale2d"]
"""What dragging and resetting do as well; without them the toolbar keeps to the margin and covers no words."""


def control_row() -> tuple[DeltaGenerator, DeltaGenerator]:
    """A row for what belongs to a chart: a place for its own choices, and the bar of draw_chart at its right end."""
    row = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small")
    return (
        row.container(horizontal=True, vertical_alignment="center", gap="small", width="content"),
        row.container(horizontal=True, vertical_alignment="center", gap="small", width="content"),
    )


def draw_chart(
    name: str,
    figure: PlainFigure,
    table: pd.DataFrame,
    alt: str,
    *,
    asked: Filters,
    columns: Columns | None = None,
    is_clickable: bool = False,
    bar: DeltaGenerator | None = None,
) -> list[Any]:
    """Draw a chart, or its table where that was asked for, with the downloads of both.

    name: unique on the page. table: what the chart shows, a row per mark; its column names stand in the files. alt:
    what the chart says, for those who cannot see it. columns: how the columns are headed and formatted on screen.
    is_clickable: whether the marks can be clicked. bar: where the controls stand, if there are others beside them.
    Returns the customdata of the marks clicked.
    """
    with bar or st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", gap="small"):
        as_table = switch(f"{name}-table", words("Show as table"))
        draw_downloads(name, table, asked.delivery.delivery_id, figure)
    if as_table:
        draw_table(table, columns or {}, alt=alt, key=f"{name}-rows")
        return []
    return _drawn(name, figure, alt, is_clickable=is_clickable)


def _drawn(name: str, figure: PlainFigure, alt: str, *, is_clickable: bool) -> list[Any]:
    config = {"displaylogo": False, "modeBarButtonsToRemove": _SPARE_BUTTONS}
    if not is_clickable:
        st.plotly_chart(figure, alt=alt, key=name, config=config)
        return []
    state = st.plotly_chart(figure, alt=alt, key=name, config=config, on_select="rerun", selection_mode="points")
    return [point["customdata"] for point in state["selection"]["points"] if "customdata" in point]
