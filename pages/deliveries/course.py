"""The section with the chart of the course."""

import pandas as pd
import streamlit as st

from analytics.tile import Tile
from data.deliveries import LATE_BOUNCES, Delivery
from data.snapshot import Snapshot
from pages.deliveries.standing import Standing
from pages.figures.colours import colours_of
from pages.figures.course import course_figure, takeaway
from pages.figures.points import with_row
from pages.figures.time_axis import Axis, Marks, is_better_zoomed
from pages.i18n.formats import moment_text
from pages.i18n.words import phrase, words
from pages.parts.chart import draw_chart
from pages.parts.columns import Columns, moment_column, share_column
from pages.session.annotations import notes_of
from pages.session.answers import age_course_of, course_of
from pages.session.asked import Filters
from pages.session.choices import segments, switch

_AXES = {
    Axis.SEND: phrase("Since the send"),
    Axis.AGE: phrase("Message age"),
    Axis.CLOCK: phrase("Clock (UTC)"),
}
_COLUMNS = ("delivered", "delivered_rate", "bounces_errors", "bounces_errors_rate", "sent", "base_count")


def draw_course(store: Snapshot, asked: Filters, shown: Tile, now: Standing, latest: Standing) -> None:
    """Draw the course of a delivery. shown: its tile; now and latest: how it stands then and at the last moment."""
    bar = st.container(horizontal=True, vertical_alignment="center")
    with bar:
        axis, marks = _chosen_axis(), marks_of(store, asked, latest)
        known = age_course_of(store, asked) if axis is Axis.AGE else course_of(store, asked)
        zoomed = switch(
            "zoomed",
            words("Zoomed"),
            words("Fit both axes to what happened"),
            is_better_zoomed(marks, known.last_change),
        )
    course = known.points if axis is Axis.AGE else with_chosen(known.points, shown, marks)
    figure = course_figure(course, marks, axis, colours_of(st.context.theme.type), known.last_change, zoomed=zoomed)
    draw_chart(
        "course",
        figure,
        _table(course, asked.delivery, axis),
        _takeaway_by_age(course, latest) if axis is Axis.AGE else takeaway_at(course, marks, now),
        asked=asked,
        columns=_columns(),
        bar=bar,
    )
    st.caption(_explained(axis, marks))


def marks_of(store: Snapshot, asked: Filters, latest: Standing) -> Marks:
    """The moments that the chart marks."""
    delivery = asked.delivery
    return Marks(
        started_at=delivery.started_at,
        relayed_until=delivery.last_relayed_at or delivery.started_at,
        ended_at=delivery.ended_at,
        late_bounces_until=delivery.started_at + LATE_BOUNCES,
        observed_until=delivery.observed_until,
        chosen=asked.at,
        is_final=latest.is_final,
        annotations=notes_of(store, delivery),
    )


def takeaway_at(course: pd.DataFrame, marks: Marks, now: Standing) -> str:
    """What the chart says up to the chosen moment. now: how the delivery stands then."""
    known = course[course["elapsed"] <= marks.age(marks.chosen)]
    return takeaway(known, is_final=now.is_final, is_complete=now.log_begins is None)


def _takeaway_by_age(course: pd.DataFrame, latest: Standing) -> str:
    """What the chart by age says, which shows the whole log whatever moment is chosen."""
    return takeaway(course, is_final=latest.is_final, is_complete=latest.log_begins is None)


def _chosen_axis() -> Axis:
    return segments("axis", words("Time axis"), _AXES, Axis.SEND)


def with_chosen(course: pd.DataFrame, shown: Tile, marks: Marks) -> pd.DataFrame:
    """The course with the tile's own numbers at the chosen moment, which lies between two of its points."""
    return with_row(course, marks.age(marks.chosen), {name: getattr(shown, name) for name in _COLUMNS})


def _table(course: pd.DataFrame, delivery: Delivery, axis: Axis) -> pd.DataFrame:
    hours = course["elapsed"].dt.total_seconds().div(3600).round(4)
    if axis is Axis.AGE:
        return course[list(_COLUMNS)].assign(age_hours=hours)[["age_hours", *_COLUMNS]]
    moments = delivery.started_at + course["elapsed"]
    return course[list(_COLUMNS)].assign(at_utc=moments, hours_since_send=hours)[
        ["at_utc", "hours_since_send", *_COLUMNS]
    ]


def _columns() -> Columns:
    return {
        "at_utc": moment_column(words("At (UTC)")),
        "hours_since_send": words("Hours since the send"),
        "age_hours": words("Message age, hours"),
        "delivered": words("Delivered"),
        "delivered_rate": share_column(words("Delivered, share")),
        "bounces_errors": words("Bounces + errors"),
        "bounces_errors_rate": share_column(words("Bounces + errors, share")),
        "sent": words("Sent"),
        "base_count": words("Base of the shares"),
    }


def _explained(axis: Axis, marks: Marks) -> str:
    if axis is Axis.AGE:
        return words(
            "Each message counts by its own age, over the whole log whatever moment is chosen. "
            "Dotted: ages that some messages have not reached yet."
        )
    return words(
        "Solid: known at the chosen moment. Dotted: what came after it. Faint: the last known value. "
        "Late bounces may arrive until {moment}.",
        moment=moment_text(marks.late_bounces_until),
    )
