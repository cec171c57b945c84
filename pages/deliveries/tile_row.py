"""The tile: six KPIs side by side, each with what it was divided by and the way to its rows."""

from dataclasses import replace

import numpy as np
import pandas as pd
import streamlit as st

from analytics.modes import Kpi
from analytics.selection import Selection
from analytics.tile import Tile
from data.answer_words import why_no_engagement
from data.answers import Facts
from pages.deliveries.definitions import definition
from pages.figures.points import sampled
from pages.i18n.formats import NOTHING, count_text, share_text
from pages.i18n.terms import base_text, kpi_text
from pages.i18n.told import told
from pages.i18n.words import phrase, plural, words
from pages.parts.metrics import Metric, draw_metrics
from pages.parts.rows_link import draw_rows_link
from pages.session.answers import Course
from pages.session.asked import Filters

_SPARKS = 30
_COLUMNS = 6
_RATES = {Kpi.OPENED: phrase("Open rate"), Kpi.CLICKED: phrase("Click-through rate")}
_COURSES = {
    Kpi.SENT.value: "sent",
    Kpi.DELIVERED.value: "delivered_rate",
    Kpi.BOUNCES_ERRORS.value: "bounces_errors_rate",
    Kpi.OPENED.value: "open_rate",
    Kpi.CLICKED.value: "click_through_rate",
}
"""The column of the series that a KPI's sparkline follows."""


def tile_metrics(tile: Tile, facts: Facts) -> list[Metric]:
    """The six KPIs of the tile, in its order. facts: of the delivery's logs, which may tell of no opens and clicks."""
    of_base = {"base_count": tile.base_count, "base": base_text(tile.base)}
    return [
        _metric(tile, Kpi.TO_DELIVER, None, plural("message", "messages", tile.to_deliver)),
        _metric(
            tile,
            Kpi.SENT,
            None,
            words("{share} of {count} to deliver", share=share_text(tile.sent_rate), count=tile.to_deliver),
        ),
        *(
            _metric(tile, kpi, share, words("{count} of {base_count} {base}", count=count, **of_base))
            for kpi, share, count in (
                (Kpi.DELIVERED, tile.delivered_rate, tile.delivered),
                (Kpi.BOUNCES_ERRORS, tile.bounces_errors_rate, tile.bounces_errors),
            )
        ),
        *_engagement(tile, facts),
    ]


def draw_tile(asked: Filters, tile: Tile, course: Course, facts: Facts) -> None:
    """Draw the six KPIs, each with the course that led to it. facts: as for tile_metrics()."""
    sparks = sampled(course.points, tile.at - asked.delivery.started_at, _SPARKS)
    metrics = [replace(metric, course=_spark(metric, sparks, tile)) for metric in tile_metrics(tile, facts)]
    draw_metrics(asked, metrics, _COLUMNS)


def draw_rest(asked: Filters, tile: Tile) -> None:
    """What the six KPIs leave out, where there is anything."""
    if not tile.pending and not tile.canceled:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="rest"):
        for kpi, count in ((Kpi.PENDING, tile.pending), (Kpi.CANCELED, tile.canceled)):
            counted = f"{'' if kpi is Kpi.PENDING else '· '}{kpi_text(kpi)} {count_text(count)}"
            st.caption(counted, width="content", help=definition(kpi, tile.mode, tile.base))
            draw_rows_link(asked, Selection(kpi=kpi), count)


def _engagement(tile: Tile, facts: Facts) -> list[Metric]:
    untold = why_no_engagement(facts)
    if untold is not None:
        return [
            Metric(kpi.value, words(label), NOTHING, told(untold), definition(kpi, tile.mode, tile.base))
            for kpi, label in _RATES.items()
        ]
    return [
        _metric(tile, kpi, share, _engaged(count, tile, facts))
        for kpi, share, count in (
            (Kpi.OPENED, tile.open_rate, tile.opened),
            (Kpi.CLICKED, tile.click_through_rate, tile.clicked),
        )
    ]


def _engaged(count: int, tile: Tile, facts: Facts) -> str:
    """Numerator and base; where the log could tell of opens and clicks and tells of none, that it does not."""
    if not facts.has_engagement:
        return words("none told by this log")
    return words("{count} of {delivered} delivered", count=count, delivered=tile.delivered)


def _metric(tile: Tile, kpi: Kpi, share: float | None, made_of: str) -> Metric:
    """A KPI: the share where the tile shows one, else the count."""
    count: int = getattr(tile, kpi.value)
    is_count = kpi in (Kpi.TO_DELIVER, Kpi.SENT)
    return Metric(
        kpi.value,
        words(_RATES[kpi]) if kpi in _RATES else kpi_text(kpi),
        count_text(count) if is_count else share_text(share),
        made_of,
        definition(kpi, tile.mode, tile.base),
        count,
        Selection(kpi=kpi),
    )


def _spark(metric: Metric, sparks: pd.DataFrame, tile: Tile) -> list[float]:
    """The course of a KPI, which ends with the value shown; none where nothing is told."""
    if metric.selection is None or metric.name not in _COURSES:
        return []
    column = _COURSES[metric.name]
    shown = getattr(tile, column)
    if shown is None:
        return []
    known = sparks[column].to_numpy(dtype=float)[:-1]
    return [*known[~np.isnan(known)].tolist(), shown]
