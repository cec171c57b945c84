"""The course of Delivered and Bounces + errors over the validity period."""

from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from pages.figures.colours import Colours
from pages.figures.marks import draw_marks
from pages.figures.time_axis import Axis, Marks, TimeAxis, time_axis

MOST_POINTS = 2000
"""More points than this in a trace only cost time."""

_CROWDED = 0.08
_NEAR_EDGE = 0.06
_LABEL_PIXELS = 18


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


def course_figure(
    course: pd.DataFrame, marks: Marks, kind: Axis, colours: Colours, *, zoomed: bool = False
) -> go.Figure:
    """Step lines of both shares, solid up to the chosen moment, dotted and lighter where they are not final.

    course: a row per point, with elapsed (a timedelta since the send, or the message's age), delivered, bounces_errors
    (counts) and delivered_rate, bounces_errors_rate (shares 0..1).
    zoomed: a plot for each line, fitted to it, and a time axis that ends where the lines do.
    """
    figure = go.Figure()
    axis = time_axis(kind, marks, course["elapsed"], zoomed=zoomed)
    lines = (
        _Line("Delivered", "delivered", colours.delivered, "y"),
        _Line("Bounces + errors", "bounces_errors", colours.failed, "y2" if zoomed else "y"),
    )
    known, later = known_and_later(course, marks, kind)
    for line in lines:
        _draw_line(figure, known, axis, line, is_final=True)
        _draw_line(figure, later, axis, line, is_final=False)
    _label_ends(figure, pd.concat([known, later]).iloc[-1], axis, lines)
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
    hours = last["elapsed"] / pd.Timedelta(hours=1)
    ending = "This is final." if marks.is_final else "This is not final yet."
    return f"Delivered goes {delivered}, Bounces + errors {failed}, within {hours:,.1f} hours. {ending}"


def known_and_later(course: pd.DataFrame, marks: Marks, kind: Axis) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What is known at the chosen moment, and what came, or may come, later. They meet in one point.

    By message age, known is what every message has lived to see.
    """
    if kind is Axis.AGE:
        border, end = marks.observed_until - marks.relayed_until, marks.age(marks.observed_until)
    else:
        border, end = marks.age(marks.chosen), marks.age(marks.ended_at)
    known, later = course[course["elapsed"] <= border], course[course["elapsed"] > border]
    if known.empty:
        return course.iloc[:1], course
    if not marks.is_final and end > course["elapsed"].iloc[-1]:
        later = pd.concat([later, course.iloc[[-1]].assign(elapsed=end)])
    if later.empty:
        return known, later
    meeting = known.iloc[[-1]].assign(elapsed=border)
    return pd.concat([known, meeting]), pd.concat([meeting, later])


def _draw_line(figure: go.Figure, points: pd.DataFrame, axis: TimeAxis, line: _Line, *, is_final: bool) -> None:
    if points.empty:
        return
    figure.add_scatter(
        x=axis.places(points["elapsed"]),
        y=points[f"{line.column}_rate"] * 100,
        customdata=points[[line.column]],
        name=line.name if is_final else f"{line.name}, not final",
        yaxis=line.y_axis,
        mode="lines",
        line={"shape": "hv", "color": line.colour, "width": 2.5, "dash": None if is_final else "dot"},
        opacity=1 if is_final else 0.6,
        hovertemplate="%{y:.1f} % (%{customdata[0]:,} messages)",
        showlegend=False,
    )


def _label_ends(figure: go.Figure, last: pd.Series, axis: TimeAxis, lines: tuple[_Line, _Line]) -> None:
    """Name the lines where they end, apart from each other."""
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
    """Hang labels at the top and stand those at the bottom, so that they stay within the plot."""
    return "top" if share > 1 - _NEAR_EDGE else "bottom" if share < _NEAR_EDGE else "middle"


def _lay_out(figure: go.Figure, axis: TimeAxis) -> None:
    figure.update_layout(
        height=460,
        hovermode="x unified",
        margin={"l": 8, "r": 140, "t": 56, "b": 48},
        xaxis=axis.layout(),
        yaxis={"range": [0, 100], "ticksuffix": " %", "zeroline": False},
    )


def _fit(figure: go.Figure, course: pd.DataFrame, axis: TimeAxis) -> None:
    """Give each line a plot of its own that shows its moves once the relay was done."""
    settling = course[course["elapsed"] >= axis.marks.age(axis.marks.relayed_until)]
    shown = settling if len(settling) > 1 and axis.kind is not Axis.AGE else course
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
    margin = max((high - low) * 0.1, 0.2)
    return [low - margin, high + margin]


def _percent(share: float) -> str:
    return "no share" if pd.isna(share) else f"{share * 100:.1f} %"
