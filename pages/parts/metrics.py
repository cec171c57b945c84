"""Figures side by side: each with its numerator and base, its definition on hover, and the way to its rows."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from analytics.selection import Selection
from pages.i18n.words import words
from pages.parts.rows_link import draw_rows_link
from pages.session.asked import Filters

_NARROWEST = 190


@dataclass(frozen=True)
class Metric:
    """One figure, in the language spoken. name: unique on its page."""

    name: str
    label: str
    value: str
    """As shown in large."""
    made_of: str
    """Numerator and base, or why there are none."""
    definition: str
    """What it means and what it is divided by; shown on hover."""
    count: int | None = None
    """How many messages it counts."""
    selection: Selection | None = None
    """Which messages; none where no messages stand behind it."""
    course: Sequence[float] = ()
    """What its sparkline follows."""


def draw_metrics(asked: Filters, metrics: Sequence[Metric], columns: int | None = None) -> None:
    """Draw figures in one row, or several of so many columns."""
    with st.grid(columns or len(metrics), min_column_width=_NARROWEST):
        for metric in metrics:
            with st.container(
                border=True,
                height="stretch",
                gap="xsmall",
                vertical_alignment="distribute",
                key=f"metric_{metric.name}",
            ):
                _draw_metric(asked, metric)


def _draw_metric(asked: Filters, metric: Metric) -> None:
    if metric.course:
        with st.container(horizontal=True, wrap=False, gap="small"):
            st.metric(metric.label, metric.value, help=metric.definition, width="content")
            _draw_course(metric)
    else:
        st.metric(metric.label, metric.value, help=metric.definition)
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="xsmall"):
        st.caption(metric.made_of)
        if metric.selection is not None:
            draw_rows_link(asked, metric.selection, metric.count or 0)


def _draw_course(metric: Metric) -> None:
    """The sparkline, as a figure of its own without a value: within the figure it would stand below and double it."""
    course = [float(value) for value in metric.course]
    label = words("{figure}, course", figure=metric.label)
    st.metric(label, "", label_visibility="collapsed", chart_data=course, delta_color="off")
