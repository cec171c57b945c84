"""How a mark on a time axis is drawn: a vertical line or a shaded time, and its word in a row above the plot."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from pages.figures.colours import Colours
from pages.figures.plain import Part
from pages.figures.time_axis import Place, TimeAxis

ROW_PIXELS = 15
_WORD_SHARE = 0.17
"""Room that a word takes, as a share of the axis."""


@dataclass(frozen=True)
class Ruler:
    """A time axis as its marks need it."""

    along: Callable[[datetime], timedelta]
    """How far along the axis a moment (UTC) lies; below 0 before its beginning, above length behind its end."""
    length: timedelta
    place: Callable[[timedelta], Place]
    """Where something so far along lies, in the axis' own unit."""


class Mark(NamedTuple):
    """A mark, and how far along the axis it stands."""

    text: str
    along: timedelta
    dash: str | None
    """How its line is drawn; None for a word alone."""
    ends: timedelta | None = None
    """The end of a time that is shaded."""
    told: str | None = None
    """What is told on hover."""


def ruler_of(axis: TimeAxis) -> Ruler:
    """The axis of a delivery's course."""
    return Ruler(axis.marks.age, axis.end, axis.place)


def rows_of(marks: list[Mark], ruler: Ruler) -> list[int]:
    """The rows of the words of marks, which are in the order of the axis: they do not write over each other."""
    taken: list[timedelta] = []
    room = ruler.length * _WORD_SHARE
    begins = [mark.along - room if _is_leftward(mark, ruler) else mark.along for mark in marks]
    return [_free_row(taken, begin, room) for begin in begins]


def words_of(marks: list[Mark], ruler: Ruler, colours: Colours, raised: int = 0) -> list[Part]:
    """The words of marks, the lowest row so many pixels above the plot."""
    placed = zip(marks, rows_of(marks, ruler), strict=True)
    return [_word(mark, ruler, colours, raised + ROW_PIXELS * row) for mark, row in placed]


def shapes_of(marks: list[Mark], ruler: Ruler, colours: Colours) -> list[Part]:
    """The shaded times of marks, and their lines before them."""
    shades = [_shade(mark, mark.ends, ruler, colours) for mark in marks if mark.ends]
    return [*shades, *(_line(mark, ruler, colours) for mark in marks if mark.dash)]


def between(start: Place, end: Place) -> Part:
    """Where something over the whole height lies."""
    return {"xref": "x", "yref": "paper", "x0": start, "x1": end, "y0": 0, "y1": 1}


def _shade(mark: Mark, ends: timedelta, ruler: Ruler, colours: Colours) -> Part:
    """A noted time: shaded, with its borders drawn, so that it cannot be taken for the relay."""
    return {
        "type": "rect",
        **between(ruler.place(mark.along), ruler.place(ends)),
        "fillcolor": colours.retrying,
        "opacity": 0.25,
        "line": {"width": 1, "dash": "longdashdot", "color": colours.text},
        "layer": "below",
    }


def _line(mark: Mark, ruler: Ruler, colours: Colours) -> Part:
    place = ruler.place(mark.along)
    look = {"color": colours.text, "width": 1, "dash": mark.dash}
    return {"type": "line", **between(place, place), "line": look, "opacity": 0.7}


def _word(mark: Mark, ruler: Ruler, colours: Colours, raised: int) -> Part:
    return {
        "text": mark.text,
        "x": ruler.place(mark.along),
        "y": 1,
        "yref": "paper",
        "xanchor": "right" if _is_leftward(mark, ruler) else "left",
        "yanchor": "bottom",
        "yshift": raised,
        "showarrow": False,
        "font": {"size": 11, "color": colours.text},
        "hovertext": mark.told,
    }


def _is_leftward(mark: Mark, ruler: Ruler) -> bool:
    """Whether the word ends at its mark: what people noted is long, and would run out of the figure at its end."""
    return mark.told is not None and mark.along + ruler.length * _WORD_SHARE > ruler.length


def _free_row(taken: list[timedelta], along: timedelta, room: timedelta) -> int:
    """The lowest row of words with room at a place. taken: where the last word of each row begins."""
    for row, begins in enumerate(taken):
        if along - begins > room:
            taken[row] = along
            return row
    taken.append(along)
    return len(taken) - 1
