"""The section with the chart of the band."""

from datetime import timedelta

import pandas as pd
import streamlit as st

from analytics.kpis import Base
from data.snapshot import Snapshot
from pages.deliveries.course import marks_of
from pages.deliveries.standing import Standing
from pages.figures.band import band_figure, zoomed_axis
from pages.figures.band_layers import Unit
from pages.figures.colours import colours_of
from pages.figures.time_axis import Marks, is_better_zoomed
from pages.i18n.formats import span_text
from pages.i18n.terms import base_text
from pages.i18n.words import phrase, words
from pages.modes.answers import gap_course_of
from pages.parts.chart import draw_chart
from pages.parts.columns import Columns, count_column, moment_column, share_column
from pages.session.asked import Filters
from pages.session.choices import segments, switch

_UNITS = {Unit.MESSAGES: phrase("Messages"), Unit.SHARES: phrase("Shares")}
_COUNTS = {
    "ceiling": phrase("Delivered without EFS"),
    "in_flight": phrase("In flight"),
    "retrying": phrase("Retrying"),
    "floor": phrase("Delivered with EFS"),
}


def draw_band(store: Snapshot, asked: Filters, latest: Standing, alt: str) -> None:
    """Draw it. latest: how the delivery stands at the last moment observed; alt: what the chart says."""
    course, marks = gap_course_of(store, asked), marks_of(store, asked, latest)
    bar = st.container(horizontal=True, vertical_alignment="center")
    with bar:
        unit = _chosen_unit()
        zoomed = switch(
            "zoomed",
            words("Zoomed"),
            words("End the time axis where most of the gap has closed"),
            is_better_zoomed(marks, course.wide_until),
        )
    base = base_text(asked.base)
    title = words("Messages") if unit is Unit.MESSAGES else words("% of those {base}", base=base)
    colours = colours_of(st.context.theme.type)
    figure = band_figure(course.points, marks, unit, title, colours, course.wide_until, zoomed=zoomed)
    draw_chart("modes", figure, _table(course.points, asked), alt, asked=asked, columns=_columns(base), bar=bar)
    st.caption(" ".join([*_beyond(marks, course.wide_until, zoomed=zoomed), _explained(unit, asked)]))


def _chosen_unit() -> Unit:
    return segments("modes-unit", words("Height"), _UNITS, Unit.MESSAGES)


def _table(points: pd.DataFrame, asked: Filters) -> pd.DataFrame:
    hours = points["elapsed"].dt.total_seconds().div(3600).round(4)
    told = pd.DataFrame({"at_utc": asked.delivery.started_at + points["elapsed"], "hours_since_send": hours})
    columns = [name for name in _COUNTS if points[name].notna().any()]
    return told.assign(
        **{name: points[name] for name in columns}, **{f"{c}_rate": points[f"{c}_rate"] for c in columns}
    )


def _columns(base: str) -> Columns:
    counts: Columns = {name: count_column(words(told)) for name, told in _COUNTS.items()}
    shares: Columns = {
        f"{name}_rate": share_column(words("{count}, % of those {base}", count=words(told), base=base))
        for name, told in _COUNTS.items()
    }
    return {
        "at_utc": moment_column(words("At (UTC)")),
        "hours_since_send": words("Hours since the send"),
        **counts,
        **shares,
    }


def _beyond(marks: Marks, wide_until: timedelta, *, zoomed: bool) -> list[str]:
    """That the chosen moment is not in the picture, where it is not."""
    end = zoomed_axis(marks, wide_until).end
    if not zoomed or marks.age(marks.chosen) <= end:
        return []
    return [words("Zoomed to the first {span}; the chosen moment lies beyond.", span=span_text(end))]


def _explained(unit: Unit, asked: Filters) -> str:
    told = [words("Solid: known at the chosen moment. Dotted and fainter: what came after it.")]
    if unit is Unit.SHARES and asked.delivery.has_delivery_feedback and asked.base is Base.REPORTED:
        told.append(words("Each mode reports another number of messages, so the distance of the lines is no count."))
    return " ".join(told)
