"""Marks on a time axis: vertical lines with a word above the plot, and the shaded relay phase."""

from datetime import timedelta
from typing import NamedTuple

from pages.figures.colours import Colours
from pages.figures.plain import Part
from pages.figures.time_axis import Axis, Place, TimeAxis

_WORD_SHARE = 0.17
"""Room that a word takes, as a share of the axis."""
_ROW_PIXELS = 15


class _Mark(NamedTuple):
    text: str
    elapsed: timedelta
    dash: str | None
    """How its line is drawn; None for a word alone."""


def mark_words(axis: TimeAxis, colours: Colours) -> list[Part]:
    """The words of the marks, above the plot, in rows in which they do not write over each other."""
    rows: list[timedelta] = []
    return [
        _word(mark, axis, colours, row=_free_row(rows, mark.elapsed, axis.end * _WORD_SHARE)) for mark in _sorted(axis)
    ]


def mark_shapes(axis: TimeAxis, colours: Colours) -> list[Part]:
    """The shaded relay, and lines at the chosen moment and the ends of data, validity period and late bounces."""
    lines = [_line(mark, axis, colours) for mark in _sorted(axis) if mark.dash]
    return lines if axis.kind is Axis.AGE else [_relay(axis, colours), *lines]


def _sorted(axis: TimeAxis) -> list[_Mark]:
    return sorted(_marks(axis), key=lambda mark: mark.elapsed)


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


def _relay(axis: TimeAxis, colours: Colours) -> Part:
    start, end = axis.place(timedelta(0)), axis.place(axis.marks.age(axis.marks.relayed_until))
    return {
        "type": "rect",
        **_between(start, end),
        "fillcolor": colours.in_flight,
        "opacity": 0.2,
        "line": {"width": 0},
        "layer": "below",
    }


def _line(mark: _Mark, axis: TimeAxis, colours: Colours) -> Part:
    place = axis.place(mark.elapsed)
    look = {"color": colours.text, "width": 1, "dash": mark.dash}
    return {"type": "line", **_between(place, place), "line": look, "opacity": 0.7}


def _between(start: Place, end: Place) -> Part:
    """Where something over the whole height lies."""
    return {"xref": "x", "yref": "paper", "x0": start, "x1": end, "y0": 0, "y1": 1}


def _word(mark: _Mark, axis: TimeAxis, colours: Colours, *, row: int) -> Part:
    return {
        "text": mark.text,
        "x": axis.place(mark.elapsed),
        "y": 1,
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": _ROW_PIXELS * row,
        "showarrow": False,
        "font": {"size": 11, "color": colours.text},
    }


def _free_row(rows: list[timedelta], elapsed: timedelta, room: timedelta) -> int:
    """The lowest row of words with room at a moment. rows: where the last word of each row begins."""
    for row, taken in enumerate(rows):
        if elapsed - taken > room:
            rows[row] = elapsed
            return row
    rows.append(elapsed)
    return len(rows) - 1
