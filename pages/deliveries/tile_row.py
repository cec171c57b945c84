"""The tile: six KPIs side by side, each with what it was divided by and the way to its rows."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd
import streamlit as st

from analytics.modes import Kpi
from analytics.tile import Tile
from pages.deliveries.message_rows import KPI_WORDS, draw_rows_button
from pages.figures.points import sampled
from pages.i18n.formats import NOTHING, count_text, share_text
from pages.session.answers import Course
from pages.session.filters import BASE_WORDS

_SPARKS = 30
_RATE_WORDS = {Kpi.OPENED: "Open rate", Kpi.CLICKED: "Click-through rate"}


@dataclass(frozen=True)
class Cell:
    """One KPI. value: as shown in large; made_of: numerator and base, or why there are none."""

    kpi: Kpi
    label: str
    value: str
    made_of: str
    count: int
    course: str | None
    """The column of the series that its sparkline follows."""
    is_told: bool = True
    """Whether the log can tell it, and so has rows behind it."""


def cells(tile: Tile, untold: str | None = None) -> list[Cell]:
    """The six KPIs of the tile, in its order. untold: why there are no opens and clicks, where the log has none."""
    base = f"{count_text(tile.base_count)} {BASE_WORDS[tile.base]}"
    of_delivered = f"of {count_text(tile.delivered)} delivered"
    engagement = [
        _share_cell(Kpi.OPENED, tile.open_rate, tile.opened, of_delivered, "open_rate"),
        _share_cell(Kpi.CLICKED, tile.click_through_rate, tile.clicked, of_delivered, "click_through_rate"),
    ]
    return [
        Cell(
            Kpi.TO_DELIVER,
            "To deliver",
            count_text(tile.to_deliver),
            "message" if tile.to_deliver == 1 else "messages",
            tile.to_deliver,
            None,
        ),
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
        *(engagement if untold is None else [_untold_cell(kpi, untold) for kpi in _RATE_WORDS]),
    ]


def draw_tile(tile: Tile, course: Course, started_at: datetime, untold: str | None) -> None:
    """Draw the six KPIs, each with the course that led to it. untold: as for cells()."""
    sparks = sampled(course.points, tile.at - started_at, _SPARKS)
    with st.grid(6, min_column_width=190):
        for cell in cells(tile, untold):
            with st.container(
                border=True,
                height="stretch",
                gap="xsmall",
                vertical_alignment="distribute",
                key=f"kpi_{cell.kpi.value}",
            ):
                _draw_cell(cell, _spark(cell, sparks, tile))


def draw_rest(tile: Tile) -> None:
    """What the six KPIs leave out, where there is anything."""
    if not tile.pending and not tile.canceled:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="rest"):
        for kpi, count in ((Kpi.PENDING, tile.pending), (Kpi.CANCELED, tile.canceled)):
            st.caption(f"{'' if kpi is Kpi.PENDING else '· '}{KPI_WORDS[kpi]} {count_text(count)}", width="content")
            draw_rows_button(kpi, count)


def _spark(cell: Cell, sparks: pd.DataFrame, tile: Tile) -> list[float]:
    """The course of a KPI, which ends with the value shown."""
    if cell.course is None:
        return []
    shown = getattr(tile, cell.course)
    known = sparks[cell.course].to_numpy(dtype=float)
    return [*known[~np.isnan(known)].tolist(), *([] if shown is None else [shown])]


def _draw_cell(cell: Cell, course: list[float]) -> None:
    st.metric(cell.label, cell.value, chart_data=course or None, delta_color="off")
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="xsmall"):
        st.caption(cell.made_of)
        if cell.is_told:
            draw_rows_button(cell.kpi, cell.count)


def _share_cell(kpi: Kpi, share: float | None, count: int, of_base: str, course: str) -> Cell:
    label = _RATE_WORDS.get(kpi, KPI_WORDS[kpi])
    return Cell(kpi, label, share_text(share), f"{count_text(count)} {of_base}", count, course)


def _untold_cell(kpi: Kpi, why: str) -> Cell:
    return Cell(kpi, _RATE_WORDS[kpi], NOTHING, why, 0, None, is_told=False)
