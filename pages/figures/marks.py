"""The marks of a delivery's course: the chosen moment, its ends, the shaded relay phase, and what people noted."""

from datetime import timedelta

from pages.figures.colours import Colours
from pages.figures.mark_drawing import ROW_PIXELS, Mark, between, rows_of, ruler_of, shapes_of, words_of
from pages.figures.noted import noted
from pages.figures.plain import Part
from pages.figures.time_axis import Axis, TimeAxis
from pages.i18n.words import words

_LEAST_ROWS = 3
_ABOVE_ROWS_PIXELS = 11


def mark_words(axis: TimeAxis, colours: Colours) -> list[Part]:
    """The words of the marks, above the plot, in rows in which they do not write over each other."""
    return words_of(_sorted(axis), ruler_of(axis), colours)


def height_above(axis: TimeAxis) -> int:
    """The pixels that the words take above the plot: the margin that a figure leaves there."""
    rows = max(rows_of(_sorted(axis), ruler_of(axis)), default=0) + 1
    return max(rows, _LEAST_ROWS) * ROW_PIXELS + _ABOVE_ROWS_PIXELS


def mark_shapes(axis: TimeAxis, colours: Colours) -> list[Part]:
    """The shaded relay and noted times; lines at the chosen moment and the ends of data, validity and late bounces."""
    shapes = shapes_of(_sorted(axis), ruler_of(axis), colours)
    return shapes if axis.kind is Axis.AGE else [_relay(axis, colours), *shapes]


def _sorted(axis: TimeAxis) -> list[Mark]:
    """The marks in the order of the axis. A message's age is no moment, so nothing is noted by age."""
    notes = () if axis.kind is Axis.AGE else axis.marks.annotations
    return sorted([*_marks(axis), *noted(notes, ruler_of(axis))], key=lambda mark: mark.along)


def _marks(axis: TimeAxis) -> list[Mark]:
    marks = axis.marks
    late = Mark(words("late bounces end"), marks.age(marks.late_bounces_until), "dashdot")
    if axis.kind is Axis.AGE:
        return [late, Mark(words("validity end"), marks.ended_at - marks.relayed_until, "dash")]
    chosen = Mark(words("chosen moment"), marks.age(marks.chosen), "solid")
    always = [
        late,
        Mark(words("validity end"), marks.age(marks.ended_at), "dash"),
        chosen,
        Mark(words("relay"), timedelta(0), None),
    ]
    if marks.observed_until <= marks.chosen:
        return always
    end = marks.age(marks.observed_until)
    if end > axis.end:
        return [*always, Mark(words("data end →"), axis.end, None)]
    return [*always, Mark(words("data end"), end, "dot")]


def _relay(axis: TimeAxis, colours: Colours) -> Part:
    start, end = axis.place(timedelta(0)), axis.place(axis.marks.age(axis.marks.relayed_until))
    return {
        "type": "rect",
        **between(start, end),
        "fillcolor": colours.in_flight,
        "opacity": 0.2,
        "line": {"width": 0},
        "layer": "below",
    }
