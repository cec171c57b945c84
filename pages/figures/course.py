"""The course of Delivered and Bounces + errors over the validity period."""

from dataclasses import dataclass
from datetime import timedelta

import pandas as pd
import plotly.graph_objects as go

from pages.figures.colours import Colours
from pages.figures.marks import draw_marks
from pages.figures.time_axis import Axis, Marks, TimeAxis, time_axis
from pages.i18n.words import messages_text, share_text, span_text

MOST_POINTS = 2000
"""More points than this in a trace only cost time."""

_CROWDED = 0.08
_NEAR_EDGE = 0.06
_LABEL_PIXELS = 18
_SHARES = ["delivered_rate", "bounces_errors_rate"]


@dataclass(frozen=True)
class _Line:
    name: str
    column: str
    colour: str
    y_axis: str


@dataclass(frozen=True)
class _Part:
    """How a part of a line looks."""

    added: str
    """What its name says beyond the line's."""
    dash: str | None
    width: float
    opacity: float


_KNOWN = _Part("", None, 2.5, 1)
_LATER = _Part(", later", "dot", 2.5, 0.6)
_UNKNOWN = _Part(", last known", "dot", 1.5, 0.3)


def thinned(course: pd.DataFrame, most: int = MOST_POINTS) -> pd.DataFrame:
    """The rows in which a line moves, with the first and the last; where those are too many, evenly fewer."""
    moved = _moved(course, [*_SHARES, "delivered", "bounces_errors"])
    moved.iloc[[0, -1]] = True
    kept = course[moved]
    if len(kept) <= most:
        return kept
    every = -(-len(kept) // (most - 1))
    return pd.concat([kept.iloc[:-1:every], kept.iloc[[-1]]])


def last_change(course: pd.DataFrame) -> timedelta:
    """When a line moves for the last time, since the send or by age."""
    changes = course[_moved(course, _SHARES)]
    return timedelta(seconds=changes["elapsed"].iloc[-1].total_seconds())


def course_figure(
    course: pd.DataFrame, marks: Marks, kind: Axis, colours: Colours, *, zoomed: bool = False
) -> go.Figure:
    """Step lines of both shares: solid up to the chosen moment, dotted after it, faint where nothing is observed yet.

    course: a row per point, with elapsed (a timedelta since the send, or the message's age), delivered, bounces_errors
    (counts) and delivered_rate, bounces_errors_rate (shares 0..1).
    zoomed: a plot for each line, fitted to it, and a time axis that ends where the lines do.
    """
    figure = go.Figure()
    axis = time_axis(kind, marks, last_change(course), zoomed=zoomed)
    lines = (
        _Line("Delivered", "delivered", colours.delivered, "y"),
        _Line("Bounces + errors", "bounces_errors", colours.failed, "y2" if zoomed else "y"),
    )
    known, later = known_and_later(course, marks, kind)
    for line in lines:
        _draw_line(figure, known, axis, line, _KNOWN)
        _draw_line(figure, later, axis, line, _LATER)
        _draw_line(figure, unknown(course, marks, kind), axis, line, _UNKNOWN)
    _label_ends(figure, (course if kind is Axis.AGE else known).iloc[-1], axis, lines)
    draw_marks(figure, axis, colours)
    _lay_out(figure, axis)
    if zoomed:
        _fit(figure, course, axis)
    return figure


def takeaway(course: pd.DataFrame, marks: Marks) -> str:
    """What the figure says, for those who cannot see it."""
    first, last = course.iloc[0], course.iloc[-1]
    delivered, failed = (
        f"from {_percent(first[share])} to {_percent(last[share])}"
        for share in ("delivered_rate", "bounces_errors_rate")
    )
    span = span_text(last["elapsed"])
    final = "This is final." if marks.is_complete else "The log is incomplete."
    ending = final if marks.is_final else "This is not final yet."
    return f"Delivered goes {delivered}, Bounces + errors {failed}, within {span}. {ending}"


def known_and_later(course: pd.DataFrame, marks: Marks, kind: Axis) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What is known at the chosen moment, and what came later. They meet in one point.

    By message age, known is what every message has lived to see.
    """
    border = marks.observed_until - marks.relayed_until if kind is Axis.AGE else marks.age(marks.chosen)
    known, later = course[course["elapsed"] <= border], course[course["elapsed"] > border]
    if known.empty:
        return course.iloc[:1], course
    if later.empty:
        return known, later
    meeting = known.iloc[[-1]].assign(elapsed=border)
    return pd.concat([known, meeting]), pd.concat([meeting, later])


def unknown(course: pd.DataFrame, marks: Marks, kind: Axis) -> pd.DataFrame:
    """The last known values from the end of the data to that of the validity period, while something is open."""
    end = marks.age(marks.observed_until if kind is Axis.AGE else marks.ended_at)
    last = course.iloc[[-1]]
    if marks.is_final or end <= last["elapsed"].iloc[0]:
        return course.iloc[:0]
    return pd.concat([last, last.assign(elapsed=end)])


def _moved(course: pd.DataFrame, columns: list[str]) -> pd.Series:
    shown = course[columns].fillna(-1)
    return shown.ne(shown.shift()).any(axis=1)


def _draw_line(figure: go.Figure, points: pd.DataFrame, axis: TimeAxis, line: _Line, part: _Part) -> None:
    if points.empty:
        return
    figure.add_scatter(
        x=axis.places(points["elapsed"]),
        y=points[f"{line.column}_rate"] * 100,
        customdata=[
            (share_text(share), messages_text(int(count)))
            for share, count in zip(points[f"{line.column}_rate"], points[line.column].fillna(0), strict=True)
        ],
        name=line.name + part.added,
        yaxis=line.y_axis,
        mode="lines",
        line={"shape": "hv", "color": line.colour, "width": part.width, "dash": part.dash},
        opacity=part.opacity,
        hovertemplate="%{customdata[0]} (%{customdata[1]})",
        showlegend=False,
    )


def _label_ends(figure: go.Figure, last: pd.Series, axis: TimeAxis, lines: tuple[_Line, _Line]) -> None:
    """Name the lines with their values where what is known ends, apart from each other."""
    shares = [last[f"{line.column}_rate"] for line in lines]
    is_crowded = lines[0].y_axis == lines[1].y_axis and abs(shares[0] - shares[1]) < _CROWDED
    away = _LABEL_PIXELS if shares[0] >= shares[1] else -_LABEL_PIXELS
    for line, share, shift in zip(lines, shares, (away, -away), strict=True):
        if pd.notna(share):
            figure.add_annotation(
                text=f"<b>{line.name}</b><br>{_percent(share)}",
                x=axis.place(min(last["elapsed"], axis.end)),
                y=share * 100,
                yref=line.y_axis,
                xanchor="left",
                xshift=6,
                yanchor="middle" if is_crowded else _y_anchor(share),
                yshift=shift if is_crowded else 0,
                showarrow=False,
                align="left",
                font={"color": line.colour, "size": 13},
            )


def _y_anchor(share: float) -> str:
    """Stand labels on their line, which may go on behind them; hang those at the top, to stay within the plot."""
    return "top" if share > 1 - _NEAR_EDGE else "bottom"


def _lay_out(figure: go.Figure, axis: TimeAxis) -> None:
    figure.update_layout(
        height=460,
        hovermode="x unified",
        margin={"l": 8, "r": 140, "t": 56, "b": 48},
        xaxis=axis.layout(),
        yaxis={"range": [0, 100], "ticksuffix": " %", "zeroline": False},
    )


def _fit(figure: go.Figure, course: pd.DataFrame, axis: TimeAxis) -> None:
    """Give each line a plot of its own that shows every move of it."""
    shown = course[course["elapsed"] <= axis.end]
    figure.update_layout(
        yaxis={"range": _fitted(shown["delivered_rate"]), "domain": [0.54, 1]},
        yaxis2={"range": _fitted(shown["bounces_errors_rate"]), "domain": [0, 0.46], "ticksuffix": " %"},
        xaxis_anchor="y2",
        hoversubplots="axis",
    )


def _fitted(shares: pd.Series) -> list[float]:
    """Bounds in percent that show every move of a line."""
    if shares.isna().all():
        return [0, 100]
    low, high = shares.min() * 100, shares.max() * 100
    margin = max((high - low) * 0.05, 0.2)
    return [low - margin, high + margin]


def _percent(share: float) -> str:
    return "no share" if pd.isna(share) else share_text(share)
