"""The events of one address: a symbol each, with labels where they find room."""

import math
from html import escape

import pandas as pd

from pages.figures.colours import Colours
from pages.figures.plain import Part
from pages.figures.recipient_rows import EVENTS_AT, FIRST, MARGIN, colour_of

_PLOT_PIXELS = 430
"""Of the narrowest plot, to tell which labels find room."""
_LETTER_PIXELS = 7
_SYMBOLS = {
    "targeted": "line-ns-open",
    "relayed": "circle-open",
    "deferred": "triangle-up",
    "delivered": "circle",
    "bounced": "x",
    "expired": "hourglass",
    "failed": "x-open",
    "rejected": "octagon",
    "cancelled": "square-x-open",
    "opened": "square",
    "clicked": "star",
}
_OTHER_SYMBOL = "diamond"
_LABELLED_LAST = ("deferred", "relayed")
"""Most rows have the one over and over, and all have the other at their beginning."""


def event_marks(events: pd.DataFrame, end: float, colours: Colours) -> list[Part]:
    """The symbols of each kind of event.

    events: kind, kind_words, label, told, seconds (since the message's beginning) and row. end: where the axis ends, in
    seconds.
    """
    kinds = _labelled(events, end).groupby("kind", sort=False)
    return [_symbols(kind, told, end, colours) for kind, told in kinds]


def _labelled(events: pd.DataFrame, end: float) -> pd.DataFrame:
    """The events with the labels that find room; what became of the message comes first."""
    taken: dict[int, list[tuple[float, float]]] = {row: [] for row in events["row"]}
    later = {kind: place for place, kind in enumerate(_LABELLED_LAST, 1)}
    ordered = events["kind"].map(lambda kind: later.get(kind, 0)).sort_values(kind="stable").index
    shown = pd.Series("", index=events.index)
    for index in ordered:
        row, seconds, label = events.loc[index, ["row", "seconds", "label"]]
        left, right = _extent(label, seconds, end)
        if all(right < other_left or left > other_right for other_left, other_right in taken[row]):
            taken[row].append((left, right))
            shown[index] = escape(label)
    return events.assign(shown=shown)


def _extent(label: str, seconds: float, end: float) -> tuple[float, float]:
    """From where to where a label reaches, in pixels."""
    place, width = _place(seconds, end), len(label) * _LETTER_PIXELS
    return {
        "top right": (place, place + width),
        "top left": (place - width, place),
        "top center": (place - width / 2, place + width / 2),
    }[_position(label, seconds, end)]


def _place(seconds: float, end: float) -> float:
    return math.log(seconds) / math.log(end) * _PLOT_PIXELS


def _position(label: str, seconds: float, end: float) -> str:
    """Where a label stands, so that it stays within the plot."""
    if seconds <= FIRST or _place(seconds, end) < len(label) * _LETTER_PIXELS / 2:
        return "top right"
    return "top left" if seconds > end / MARGIN**2 else "top center"


def _symbols(kind: object, events: pd.DataFrame, end: float, colours: Colours) -> Part:
    return {
        "type": "scatter",
        "x": events["seconds"].tolist(),
        "y": (EVENTS_AT - events["row"]).tolist(),
        "mode": "markers+text",
        "text": events["shown"].tolist(),
        "textposition": [
            _position(label, seconds, end) for label, seconds in zip(events["label"], events["seconds"], strict=True)
        ],
        "textfont": {"size": 11, "color": colours.text},
        "marker": {
            "symbol": _SYMBOLS.get(str(kind), _OTHER_SYMBOL),
            "size": 11,
            "color": colour_of(str(kind), colours),
            "line": {"width": 1.5, "color": colour_of(str(kind), colours)},
        },
        "name": events["kind_words"].iloc[0],
        "hovertext": [escape(told).replace("\n", "<br>") for told in events["told"]],
        "hoverinfo": "text",
        "cliponaxis": False,
    }
