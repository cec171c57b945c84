"""The tile: six KPIs side by side, each with what it was divided by and the way to its rows."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from analytics.modes import Kpi
from analytics.tile import Tile
from pages.deliveries.message_rows import KPI_WORDS, draw_rows_button
from pages.i18n.words import count_text, share_text
from pages.session.filters import BASE_WORDS

_SPARKS = 60
_RATE_WORDS = {Kpi.OPENED: "Open rate", Kpi.CLICKED: "Click-through rate"}


@dataclass(frozen=True)
class Cell:
    """One KPI. value: as shown in large; made_of: numerator and base."""

    kpi: Kpi
    label: str
    value: str
    made_of: str
    count: int
    course: str | None
    """The column of the series that its sparkline follows."""


def cells(tile: Tile) -> list[Cell]:
    """The six KPIs of the tile, in its order."""
    base = f"{count_text(tile.base_count)} {BASE_WORDS[tile.base]}"
    of_delivered = f"of {count_text(tile.delivered)} delivered"
    return [
        Cell(Kpi.TO_DELIVER, "To deliver", count_text(tile.to_deliver), "messages", tile.to_deliver, None),
        Cell(
            Kpi.SENT,
            "Sent",
            count_text(tile.sent),
            f"{share_text(tile.sent_rate)} of {count_text(tile.to_deliver)} to deliver",
            tile.sent,
            "sent",
        ),
        _share_cell(Kpi.DELIVERED, tile.delivered_rate, tile.delivered, f"of {base}", "delivered_rate"),
        _share_cell(
            Kpi.BOUNCES_ERRORS, tile.bounces_errors_rate, tile.bounces_errors, f"of {base}", "bounces_errors_rate"
        ),
        _share_cell(Kpi.OPENED, tile.open_rate, tile.opened, of_delivered, "open_rate"),
        _share_cell(Kpi.CLICKED, tile.click_through_rate, tile.clicked, of_delivered, "click_through_rate"),
    ]


def draw_tile(tile: Tile, series: pd.DataFrame) -> None:
    """Draw the six KPIs, each with the course that led to it. series: as analytics.tile.series answers."""
    until = series[series["at"] <= tile.at]
    sparks = until.iloc[:: max(1, len(until) // _SPARKS)]
    with st.grid(6, min_column_width=190):
        for cell in cells(tile):
            with st.container(
                border=True,
                height="stretch",
                gap="xsmall",
                vertical_alignment="distribute",
                key=f"kpi_{cell.kpi.value}",
            ):
                _draw_cell(cell, sparks)


def _draw_cell(cell: Cell, sparks: pd.DataFrame) -> None:
    course = sparks[cell.course].dropna().tolist() if cell.course else None
    st.metric(cell.label, cell.value, chart_data=course or None, delta_color="off")
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="xsmall"):
        st.caption(cell.made_of)
        draw_rows_button(cell.kpi, cell.count)


def _share_cell(kpi: Kpi, share: float | None, count: int, of_base: str, course: str) -> Cell:
    label = _RATE_WORDS.get(kpi, KPI_WORDS[kpi])
    return Cell(kpi, label, share_text(share), f"{count_text(count)} {of_base}", count, course)
