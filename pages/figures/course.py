"""The course of Delivered and Bounces + errors over the validity period."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import pandas as pd
import plotly.graph_objects as go

from pages.figures.colours import Colours

MOST_POINTS = 2000
"""More points than this in a trace only cost time."""

_DELIVERED, _FAILED = "Delivered", "Bounces + errors"
_HOUR = timedelta(hours=1)
Place = float | datetime


class Axis(StrEnum):
    """What runs along the time axis. The values stand in the URL."""

    SEND = "send"
    AGE = "age"
    CLOCK = "clock"


@dataclass(frozen=True)
class Marks:
    """Moments of the delivery (UTC), and what is chosen."""

    started_at: datetime
    relayed_until: datetime
    ended_at: datetime
    late_bounces_until: datetime
    observed_until: datetime
    chosen: datetime
    is_final: bool
    """Whether nothing more can happen within the validity period, as far as is observed."""

    def age(self, moment: datetime) -> timedelta:
        """How long after the start a moment is."""
        return moment - self.started_at


@dataclass(frozen=True)
class _Line:
    name: str
    column: str
    colour: str
    y_axis: str


def thinned(course: pd.DataFrame, most: int = MOST_POINTS) -> pd.DataFrame:
    """The rows in which a line moves, with the first and the last; where those are too many, evenly fewer."""
    shown = course[["delivered_rate", "bounces_errors_rate", "delivered", "bounces_errors"]].fillna(-1)
    moved = shown.ne(shown.shift()).any(axis=1)
    moved.iloc[[0, -1]] = True
    kept = course[moved]
    if len(kept) <= most:
        return kept
    every = -(-len(kept) // (most - 1))
    return pd.concat([kept.iloc[:-1:every], kept.iloc[[-1]]])


def course_figure(course: pd.DataFrame, marks: Marks, axis: Axis, colours: Colours, *, zoomed: bool = False) -> go.Figure:
    """Step lines of both shares, solid up to the chosen moment, dashed and lighter where they are not final.

    course: a row per point, with elapsed (a timedelta since the send, or the message's age), delivered, bounces_errors
    (counts) and delivered_rate, bounces_errors_rate (shares 0..1).
    """
    figure = go.Figure()
    lines = (
        _Line(_DELIVERED, "delivered", colours.delivered, "y"),
        _Line(_FAILED, "bounces_errors", colours.failed, "y2" if zoomed else "y"),
    )
    known, later = _parts(course, marks, axis)
    for line in lines:
        _draw_line(figure, known, marks, axis, line, is_final=True)
        _draw_line(figure, later, marks, axis, line, is_final=False)
    _label_ends(figure, pd.concat([known, later]), marks, axis, lines, zoomed=zoomed)
    _draw_marks(figure, marks, axis, colours)
    _lay_out(figure, course, marks, axis, zoomed=zoomed)
    return figure


def takeaway(course: pd.DataFrame, marks: Marks) -> str:
    """What the figure says, in a sentence or two, for those who cannot see it."""
    first, last = course.iloc[0], course.iloc[-1]
    ending = "This is final." if marks.is_final else "This is not final yet."
    return (
        f"Delivered goes from {_percent(first['delivered_rate'])} to {_percent(last['delivered_rate'])}, Bounces + errors "
        f"from {_percent(first['bounces_errors_rate'])} to {_percent(last['bounces_errors_rate'])}, "
        f"within {_hours(course['elapsed'].iloc[-1]):.1f} hours. {ending}"
    )


def _parts(course: pd.DataFrame, marks: Marks, axis: Axis) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What is known at the chosen moment, and what came, or may come, later. They meet in one point."""
    if axis is Axis.AGE:
        # Beyond this age some messages are too young to be counted with certainty.
        border, end = marks.observed_until - marks.relayed_until, marks.age(marks.observed_until)
    else:
        border, end = marks.age(marks.chosen), marks.age(marks.ended_at)
    known = course[course["elapsed"] <= border]
    later = course[course["elapsed"] > border]
    if known.empty:
        return course.iloc[:1], course
    meeting = known.iloc[[-1]].assign(elapsed=max(border, known["elapsed"].iloc[-1]))
    known = pd.concat([known, meeting])
    if not marks.is_final and end > course["elapsed"].iloc[-1]:
        later = pd.concat([later, course.iloc[[-1]].assign(elapsed=end)])
    return known, pd.concat([meeting, later]) if len(later) else later


def _draw_line(
    figure: go.Figure, points: pd.DataFrame, marks: Marks, axis: Axis, line: _Line, *, is_final: bool
) -> None:
    if points.empty:
        return
    figure.add_scatter(
        x=_places(points["elapsed"], marks, axis),
        y=points[f"{line.column}_rate"] * 100,
        customdata=points[[line.column]],
        name=line.name if is_final else f"{line.name}, not final",
        yaxis=line.y_axis,
        mode="lines",
        line={"shape": "hv", "color": line.colour, "width": 2.5 if is_final else 2, "dash": None if is_final else "dot"},
        opacity=1 if is_final else 0.55,
        hovertemplate="%{y:.1f} % (%{customdata[0]:,} messages)",
        showlegend=False,
    )


def _label_ends(
    figure: go.Figure, points: pd.DataFrame, marks: Marks, axis: Axis, lines: tuple[_Line, ...], *, zoomed: bool
) -> None:
    last = points.iloc[-1]
    shares = [last[f"{line.column}_rate"] for line in lines]
    crowded = not zoomed and abs(shares[0] - shares[1]) < 0.08
    for line, share, rank in zip(lines, shares, (1, -1), strict=True):
        if pd.isna(share):
            continue
        upper = rank if shares[0] >= shares[1] else -rank
        figure.add_annotation(
            x=_place(last["elapsed"], marks, axis),
            y=share * 100,
            yref=line.y_axis,
            text=f"<b>{line.name}</b><br>{_percent(share)}",
            font={"color": line.colour, "size": 13},
            showarrow=False,
            xanchor="left",
            align="left",
            xshift=6,
            yshift=upper * 18 if crowded else 0,
        )


def _draw_marks(figure: go.Figure, marks: Marks, axis: Axis, colours: Colours) -> None:
    if axis is not Axis.AGE:
        _shade(figure, marks, axis, timedelta(0), marks.age(marks.relayed_until), colours)
        _mark(figure, _place(marks.age(marks.chosen), marks, axis), "chosen moment", "solid", colours, row=1)
        _note(figure, _place(timedelta(0), marks, axis), "relay", colours)
    validity = marks.ended_at - marks.relayed_until if axis is Axis.AGE else marks.age(marks.ended_at)
    _mark(figure, _place(validity, marks, axis), "validity end", "dash", colours)
    late = _place(marks.age(marks.late_bounces_until), marks, axis)
    _mark(figure, late, "late bounces end", "dashdot", colours, row=1 if axis is Axis.AGE else 2)


def _shade(
    figure: go.Figure, marks: Marks, axis: Axis, start: timedelta, end: timedelta, colours: Colours
) -> None:
    figure.add_shape(
        type="rect",
        xref="x",
        yref="paper",
        x0=_place(start, marks, axis),
        x1=_place(end, marks, axis),
        y0=0,
        y1=1,
        fillcolor=colours.in_flight,
        opacity=0.2,
        line_width=0,
        layer="below",
    )


def _mark(figure: go.Figure, place: Place, text: str, dash: str, colours: Colours, row: int = 0) -> None:
    figure.add_shape(
        type="line",
        xref="x",
        yref="paper",
        x0=place,
        x1=place,
        y0=0,
        y1=1,
        line={"color": colours.text, "width": 1, "dash": dash},
        opacity=0.7,
    )
    _note(figure, place, text, colours, row)


def _note(figure: go.Figure, place: Place, text: str, colours: Colours, row: int = 0) -> None:
    """A word above the plot; those that may stand close together stand in rows of their own."""
    figure.add_annotation(
        x=place,
        y=1,
        yref="paper",
        text=text,
        showarrow=False,
        yanchor="bottom",
        xanchor="left",
        yshift=15 * row,
        font={"size": 11, "color": colours.text},
    )


def _lay_out(figure: go.Figure, course: pd.DataFrame, marks: Marks, axis: Axis, *, zoomed: bool) -> None:
    figure.update_layout(
        height=460,
        hovermode="x unified",
        margin={"l": 8, "r": 140, "t": 62, "b": 48},
        yaxis=_y_axis(course["delivered_rate"], zoomed=zoomed) | {"domain": [0.54, 1] if zoomed else [0, 1]},
        xaxis=_x_axis(course, marks, axis, zoomed=zoomed),
    )
    if zoomed:
        below = _y_axis(course["bounces_errors_rate"], zoomed=True)
        figure.update_layout(yaxis2=below | {"domain": [0, 0.46]}, xaxis_anchor="y2", hoversubplots="axis")


def _y_axis(shares: pd.Series, *, zoomed: bool) -> dict[str, object]:
    bounds: tuple[float, float] = (0, 100)
    if zoomed and shares.notna().any():
        low, high = shares.min() * 100, shares.max() * 100
        margin = max((high - low) * 0.1, 0.2)
        bounds = (low - margin, high + margin)
    return {"range": bounds, "ticksuffix": " %", "fixedrange": False, "zeroline": False}


def _x_axis(course: pd.DataFrame, marks: Marks, axis: Axis, *, zoomed: bool) -> dict[str, object]:
    end = course["elapsed"].iloc[-1] if zoomed else max(marks.age(marks.late_bounces_until), marks.age(marks.ended_at))
    bounds = [_place(timedelta(0), marks, axis), _place(max(end, timedelta(minutes=10)), marks, axis)]
    titles = {Axis.SEND: "Hours since the send", Axis.AGE: "Age of the message, hours", Axis.CLOCK: "Clock, UTC"}
    if axis is Axis.CLOCK:
        return {"title": titles[axis], "range": bounds, "hoverformat": "%-d %b %Y %H:%M UTC", "showgrid": False}
    return {
        "title": titles[axis],
        "range": bounds,
        "showgrid": False,
        "unifiedhovertitle": {"text": "%{x:.2f} h"},
    }


def _places(elapsed: pd.Series, marks: Marks, axis: Axis) -> list[Place]:
    return [_place(one, marks, axis) for one in elapsed]


def _place(elapsed: timedelta, marks: Marks, axis: Axis) -> Place:
    return marks.started_at + elapsed if axis is Axis.CLOCK else _hours(elapsed)


def _hours(elapsed: timedelta) -> float:
    return elapsed / _HOUR


def _percent(share: float) -> str:
    return "–" if pd.isna(share) else f"{share * 100:.1f} %"
