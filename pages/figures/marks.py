"""Marks on a time axis: vertical lines with a word above the plot, and the shaded relay phase."""

from datetime import timedelta
from typing import NamedTuple

import plotly.graph_objects as go

from pages.figures.colours import Colours
from pages.figures.time_axis import Axis, TimeAxis

_WORD_SHARE = 0.17
"""Room that a word takes, as a share of the axis."""
_ROW_PIXELS = 15


class _Mark(NamedTuple):
    text: str
    elapsed: timedelta
    dash: str | None
    """How its line is drawn; None for a word alone."""


def draw_marks(figure: go.Figure, axis: TimeAxis, colours: Colours) -> None:
    """Mark the relay, the chosen moment, and the ends of the data, the validity period and the late-bounce window."""
    if axis.kind is not Axis.AGE:
        _shade_relay(figure, axis, colours)
    rows: list[timedelta] = []
    for mark in sorted(_marks(axis), key=lambda mark: mark.elapsed):
        if mark.dash:
            _draw_line(figure, axis, mark, colours)
        _draw_word(figure, axis, mark, colours, row=_free_row(rows, mark.elapsed, axis.end * _WORD_SHARE))


def _marks(axis: TimeAxis) -> list[_Mark]:
    marks = axis.marks
    late = _Mark("late bounces end", marks.age(marks.late_bounces_until), "dashdot")
    if axis.kind is Axis.AGE:
        return [late, _Mark("validity end", marks.ended_at - marks.relayed_until, "dash")]
    chosen = _Mark("chosen moment", marks.age(marks.chosen), "solid")
    always = [
        late,
        _Mark("validity end", marks.age(marks.ended_at), "dash"),
        chosen,
        _Mark("relay", timedelta(0), None),
    ]
    if marks.observed_until <= marks.chosen:
        return always
    end = marks.age(marks.observed_until)
    is_within = end <= axis.end
    return [*always, _Mark("data end" if is_within else "data end →", min(end, axis.end), "dot" if is_within else None)]


def _shade_relay(figure: go.Figure, axis: TimeAxis, colours: Colours) -> None:
    start, end = axis.places([timedelta(0), axis.marks.age(axis.marks.relayed_until)])
    box = {"xref": "x", "yref": "paper", "x0": start, "x1": end, "y0": 0, "y1": 1}
    figure.add_shape(type="rect", **box, fillcolor=colours.in_flight, opacity=0.2, line_width=0, layer="below")


def _draw_line(figure: go.Figure, axis: TimeAxis, mark: _Mark, colours: Colours) -> None:
    place = axis.place(mark.elapsed)
    line = {"color": colours.text, "width": 1, "dash": mark.dash}
    ends = {"xref": "x", "yref": "paper", "x0": place, "x1": place, "y0": 0, "y1": 1}
    figure.add_shape(type="line", **ends, line=line, opacity=0.7)


def _draw_word(figure: go.Figure, axis: TimeAxis, mark: _Mark, colours: Colours, *, row: int) -> None:
    figure.add_annotation(
        text=mark.text,
        x=axis.place(mark.elapsed),
        y=1,
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        yshift=_ROW_PIXELS * row,
        showarrow=False,
        font={"size": 11, "color": colours.text},
    )


def _free_row(rows: list[timedelta], elapsed: timedelta, room: timedelta) -> int:
    """The lowest row of words with room at a moment. rows: where the last word of each row begins."""
    for row, taken in enumerate(rows):
        if elapsed - taken > room:
            rows[row] = elapsed
            return row
    rows.append(elapsed)
    return len(rows) - 1
