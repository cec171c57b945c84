"""What people noted of moments, on any time axis: a word above the plot with a line, or a shaded time."""

from collections.abc import Sequence
from datetime import timedelta
from html import escape

from pages.figures.colours import Colours
from pages.figures.labels import shortened
from pages.figures.mark_drawing import ROW_PIXELS, Mark, Ruler, rows_of, shapes_of, words_of
from pages.figures.plain import Part
from pages.figures.time_axis import Note
from pages.i18n.times import times_text

_MOST_LETTERS = 24
"""So long an annotation's text may be above the plot; the whole of it is told on hover."""


def noted(notes: Sequence[Note], ruler: Ruler) -> list[Mark]:
    """The marks of the annotations that lie on the axis, in its order; a time is cut to what the axis shows."""
    marks = [mark for note in notes for mark in _mark_of(note, ruler)]
    return sorted(marks, key=lambda mark: mark.along)


def with_notes(layout: Part, notes: Sequence[Note], ruler: Ruler, colours: Colours, raised: int = 0) -> Part:
    """A layout with annotations above the plot, which keeps its height: the figure grows by their rows.

    raised: pixels between the plot and the lowest row, for a title that stands there.
    """
    marks = noted(notes, ruler)
    above = ROW_PIXELS * (max(rows_of(marks, ruler), default=-1) + 1)
    return layout | {
        "height": layout["height"] + above,
        "margin": layout["margin"] | {"t": layout["margin"]["t"] + above},
        "annotations": [*layout.get("annotations", []), *words_of(marks, ruler, colours, raised)],
        "shapes": [*layout.get("shapes", []), *shapes_of(marks, ruler, colours)],
    }


def _mark_of(note: Note, ruler: Ruler) -> list[Mark]:
    begins, ends = ruler.along(note.begins), ruler.along(note.ends or note.begins)
    if ends < timedelta(0) or begins > ruler.length:
        return []
    word = f"<i>{escape(shortened(note.text, _MOST_LETTERS))}</i>"
    told = escape(f"{note.text} ({times_text(note.begins, note.ends)})")
    within = min(ends, ruler.length) if note.ends else None
    return [Mark(word, max(begins, timedelta(0)), "longdashdot" if note.ends is None else None, within, told)]
