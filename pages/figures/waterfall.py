"""How a count moved from one moment to another: a bar per entry, each from where the one above it ended."""

import math
from html import escape
from itertools import count

import pandas as pd

from pages.figures.colours import Colours
from pages.figures.labels import shortened
from pages.figures.plain import Part, PlainFigure
from pages.i18n.formats import count_text
from pages.i18n.signed import signed_count_text

_ROW_PIXELS = 30
_ROUND_PIXELS = 110
_MOST_LETTERS = 44
_ROOM = 0.14
"""Beside the bars, as a share of what they span: room for their numbers."""
_LEAST_ROOM = 0.5
_EDGE = 0.02
_MOST_TICKS = 8


def waterfall_figure(
    steps: pd.DataFrame, start: int, end: int, ends: tuple[str, str], axis_title: str, colour: str, colours: Colours
) -> PlainFigure:
    """Bars in a row each, from the count at the first moment to that at the second, which are told above and below.

    steps: a row per bar, with label (any text) and change (messages; they add up to end - start). ends: what the first
    and the last row are called. colour: of the bars; losses are hatched. The customdata of a bar is its row.
    The axis holds what moves and not 0, so both counts are points and no bars.
    """
    after = start + steps["change"].cumsum()
    names = [ends[0], *steps["label"], ends[1]]
    layout = {
        "height": _ROUND_PIXELS + _ROW_PIXELS * len(names),
        "margin": {"l": 8, "r": 24, "t": 8, "b": 48},
        "hovermode": "closest",
        "clickmode": "event+select",
        "xaxis": _count_axis(*_bounds(steps["change"], [start, end, *after]), axis_title),
        "yaxis": _name_axis(names),
        "shapes": _connectors([start, *after], colours),
    }
    traces = [_bars(steps, after - steps["change"], colour), _points(start, end, len(names) - 1, colours)]
    return PlainFigure(traces, layout)


def _bounds(changes: pd.Series, counts: list[int]) -> tuple[float, float]:
    """What the axis spans: the counts with room for the numbers, which stand to the left of losses, else behind."""
    low, high = min(counts), max(counts)
    room = max((high - low) * _ROOM, _LEAST_ROOM)
    has_losses = bool((changes < 0).any())
    return (low - room if has_losses else max(low - room, -_EDGE * (high - low))), high + room


def _bars(steps: pd.DataFrame, before: pd.Series, colour: str) -> Part:
    """A bar per step, from the count before it."""
    changes = [signed_count_text(change) for change in steps["change"]]
    told = (escape(f"{label}: {change}") for label, change in zip(steps["label"], changes, strict=True))
    return {
        "type": "bar",
        "orientation": "h",
        "y": list(range(1, len(steps) + 1)),
        "x": steps["change"].tolist(),
        "base": before.tolist(),
        "customdata": list(range(len(steps))),
        "text": changes,
        "textposition": "outside",
        "cliponaxis": False,
        "width": 0.7,
        "marker": {
            "color": colour,
            "pattern": {"shape": ["/" if change < 0 else "" for change in steps["change"]], "fillmode": "overlay"},
            "line": {"color": colour, "width": 1},
        },
        "hovertemplate": [f"{text}<extra></extra>" for text in told],
        "showlegend": False,
    }


def _count_axis(low: float, high: float, title: str) -> Part:
    return {
        "range": [low, high],
        "tickvals": _whole_ticks(low, high),
        "tickformat": ",.0f",
        "title": {"text": title},
        "zeroline": False,
    }


def _name_axis(names: list[str]) -> Part:
    return {
        "tickvals": list(range(len(names))),
        "ticktext": [escape(shortened(name, _MOST_LETTERS)) for name in names],
        "range": [len(names) - 0.4, -0.6],
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
    }


def _whole_ticks(low: float, high: float) -> list[int]:
    """Whole and round counts between the bounds, none below 0."""
    first, last = max(math.ceil(low), 0), math.floor(high)
    steps = (digit * 10**power for power in count() for digit in (1, 2, 5))
    step = next(step for step in steps if (last - first) / step < _MOST_TICKS)
    return list(range(-(-first // step) * step, last + 1, step))


def _points(start: int, end: int, last: int, colours: Colours) -> Part:
    return {
        "type": "scatter",
        "mode": "markers+text",
        "x": [start, end],
        "y": [0, last],
        "text": [f"\u2002<b>{count_text(count)}</b>" for count in (start, end)],
        "textposition": "middle right",
        "cliponaxis": False,
        "marker": {"symbol": "diamond", "size": 11, "color": colours.text},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _connectors(counts: list[int], colours: Colours) -> list[Part]:
    """Lines from each row to the next, at the count between them."""
    look = {"color": colours.text, "width": 1, "dash": "dot"}
    return [
        {
            "type": "line",
            "x0": count,
            "x1": count,
            "y0": row,
            "y1": row + 1,
            "line": look,
            "opacity": 0.5,
            "layer": "below",
        }
        for row, count in enumerate(counts)
    ]
