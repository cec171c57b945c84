"""Marks on a time axis: vertical lines with a word above the plot, the shaded relay phase, and what people noted."""

from datetime import timedelta
from html import escape
from typing import NamedTuple

from pages.figures.colours import Colours
from pages.figures.labels import shortened
from pages.figures.plain import Part
from pages.figures.time_axis import Axis, Note, Place, TimeAxis
from pages.i18n.times import times_text
from pages.i18n.words import words

_WORD_SHARE = 0.17
"""Room that a word takes, as a share of the axis."""
_ROW_PIXELS = 15
_LEAST_ROWS = 3
_ABOVE_ROWS_PIXELS = 11
_MOST_LETTERS = 24
"""So long an annotation's text may be above the plot; the whole of it is told on hover."""


class _Mark(NamedTuple):
    text: str
    elapsed: timedelta
    dash: str | None
    """How its line is drawn; None for a word alone."""
    ends: timedelta | None = None
    """The end of a time that is shaded."""
    told: str | None = None
    """What is told on hover."""


def mark_words(axis: TimeAxis, colours: Colours) -> list[Part]:
    """The words of the marks, above the plot, in rows in which they do not write over each other."""
    return [_word(mark, axis, colours, row=row) for mark, row in _placed(axis)]


def height_above(axis: TimeAxis) -> int:
    """The pixels that the words take above the plot: the margin that a figure leaves there."""
    rows = max((row for _, row in _placed(axis)), default=0) + 1
    return max(rows, _LEAST_ROWS) * _ROW_PIXELS + _ABOVE_ROWS_PIXELS


def mark_shapes(axis: TimeAxis, colours: Colours) -> list[Part]:
    """The shaded relay and noted times; lines at the chosen moment and the ends of data, validity and late bounces."""
    marks = _sorted(axis)
    lines = [_line(mark, axis, colours) for mark in marks if mark.dash]
    noted = [_shade(mark, axis, colours) for mark in marks if mark.ends]
    return [*noted, *lines] if axis.kind is Axis.AGE else [_relay(axis, colours), *noted, *lines]


def _placed(axis: TimeAxis) -> list[tuple[_Mark, int]]:
    """The marks in the order of the axis, each with the row of its word."""
    rows: list[timedelta] = []
    return [(mark, _free_row(rows, mark.elapsed, axis.end * _WORD_SHARE)) for mark in _sorted(axis)]


def _sorted(axis: TimeAxis) -> list[_Mark]:
    return sorted([*_marks(axis), *_noted(axis)], key=lambda mark: mark.elapsed)


def _noted(axis: TimeAxis) -> list[_Mark]:
    """The annotations of moments on the axis. A message's age is no moment, so there are none by age."""
    return [] if axis.kind is Axis.AGE else [mark for note in axis.marks.annotations for mark in _mark_of(note, axis)]


def _mark_of(note: Note, axis: TimeAxis) -> list[_Mark]:
    begins, ends = axis.marks.age(note.begins), axis.marks.age(note.ends or note.begins)
    if ends < timedelta(0) or begins > axis.end:
        return []
    word = f"<i>{escape(shortened(note.text, _MOST_LETTERS))}</i>"
    told = escape(f"{note.text} ({times_text(note.begins, note.ends)})")
    within = min(ends, axis.end) if note.ends else None
    return [_Mark(word, max(begins, timedelta(0)), "longdashdot" if note.ends is None else None, within, told)]


def _marks(axis: TimeAxis) -> list[_Mark]:
    marks = axis.marks
    late = _Mark(words("late bounces end"), marks.age(marks.late_bounces_until), "dashdot")
    if axis.kind is Axis.AGE:
        return [late, _Mark(words("validity end"), marks.ended_at - marks.relayed_until, "dash")]
    chosen = _Mark(words("chosen moment"), marks.age(marks.chosen), "solid")
    always = [
        late,
        _Mark(words("validity end"), marks.age(marks.ended_at), "dash"),
        chosen,
        _Mark(words("relay"), timedelta(0), None),
    ]
    if marks.observed_until <= marks.chosen:
        return always
    end = marks.age(marks.observed_until)
    if end > axis.end:
        return [*always, _Mark(words("data end →"), axis.end, None)]
    return [*always, _Mark(words("data end"), end, "dot")]


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


def _shade(mark: _Mark, axis: TimeAxis, colours: Colours) -> Part:
    """A noted time: shaded, with its borders drawn, so that it cannot be taken for the relay."""
    return {
        "type": "rect",
        **_between(axis.place(mark.elapsed), axis.place(mark.ends or mark.elapsed)),
        "fillcolor": colours.retrying,
        "opacity": 0.25,
        "line": {"width": 1, "dash": "longdashdot", "color": colours.text},
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
        "hovertext": mark.told,
    }


def _free_row(rows: list[timedelta], elapsed: timedelta, room: timedelta) -> int:
    """The lowest row of words with room at a moment. rows: where the last word of each row begins."""
    for row, taken in enumerate(rows):
        if elapsed - taken > room:
            rows[row] = elapsed
            return row
    rows.append(elapsed)
    return len(rows) - 1
