"""Bars of counts, stacked by what became of them."""

from collections.abc import Sequence
from html import escape
from typing import NamedTuple

from pages.figures.colours import Colours
from pages.figures.plain import Part, PlainFigure
from pages.i18n.formats import count_text

_BAR_PIXELS = 30
_LEAST_PIXELS = 260


class Stack(NamedTuple):
    """One part of every bar."""

    name: str
    counts: Sequence[int]
    colour: str
    pattern: str
    """A filling of plotly's, so that colour is not alone."""


def stacked_bars(
    labels: Sequence[str], stacks: Sequence[Stack], colours: Colours, *, upright: bool, title: str
) -> PlainFigure:
    """Bars with a label each, upright or lying with the first on top. title: of the axis of labels."""
    names = [escape(label) for label in labels]
    places = list(range(len(names)))
    ticks = {"tickvals": places, "ticktext": names, "showgrid": False, "title": {"text": title}, "automargin": True}
    length = {"rangemode": "tozero", "zeroline": False, "tickformat": ",~r"}
    layout: Part = {
        "barmode": "stack",
        "height": 320 if upright else max(_LEAST_PIXELS, 90 + _BAR_PIXELS * len(names)),
        "margin": {"l": 8, "r": 8, "t": 36, "b": 48},
        "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "traceorder": "normal"},
        "xaxis": {**ticks, "type": "linear"} if upright else length,
        "yaxis": length if upright else {**ticks, "autorange": "reversed"},
        "bargap": 0.25,
    }
    return PlainFigure([_trace(stack, places, names, colours, upright=upright) for stack in stacks], layout)


def _trace(stack: Stack, places: list[int], names: list[str], colours: Colours, *, upright: bool) -> Part:
    counts = [int(count) for count in stack.counts]
    return {
        "type": "bar",
        "name": stack.name,
        "orientation": "v" if upright else "h",
        "x": places if upright else counts,
        "y": counts if upright else places,
        "marker": {
            "color": stack.colour,
            "pattern": {
                "shape": stack.pattern,
                "fillmode": "overlay",
                "fgcolor": colours.text,
                "fgopacity": 0.35,
                "size": 6,
                "solidity": 0.2,
            },
        },
        "hovertext": [
            f"{name}<br>{stack.name}: {count_text(count)}" for name, count in zip(names, counts, strict=True)
        ],
        "hoverinfo": "text",
    }
