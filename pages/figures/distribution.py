"""How long something took, as the share that it took at most so long."""

import math
from collections.abc import Sequence
from datetime import timedelta
from html import escape
from typing import NamedTuple

from pages.figures.colours import Colours
from pages.figures.plain import Part, PlainFigure
from pages.i18n.formats import PER_CENT, share_text, span_text
from pages.i18n.words import words

_MINUTE = timedelta(minutes=1)
_HOUR_MINUTES = 60
_DASHES = ("dash", "dot", "dashdot", "longdash", "longdashdot")


class Line(NamedTuple):
    """The shares (0..1) that took at most as long as each bound."""

    name: str
    shares: Sequence[float]


def distribution(bounds: Sequence[timedelta], whole: Line, parts: Sequence[Line], colours: Colours) -> PlainFigure:
    """A line for the whole and one for each of some parts, over minutes on a logarithmic axis."""
    palette = (colours.failed, colours.retrying, colours.in_flight, colours.expired, colours.text)
    looks = [{"color": colour, "dash": dash, "width": 2} for colour, dash in zip(palette, _DASHES, strict=True)]
    minutes = [bound / _MINUTE for bound in bounds]
    traces = [_trace(minutes, bounds, whole, {"color": colours.delivered, "width": 4})]
    traces += [_trace(minutes, bounds, part, look) for part, look in zip(parts, looks, strict=False)]
    ticks = [bound for bound in bounds if bound in _TICKS]
    return PlainFigure(
        traces,
        {
            "height": 420,
            "margin": {"l": 8, "r": 8, "t": 64, "b": 48},
            "xaxis": {
                "type": "log",
                "title": {"text": words("Time since the relay")},
                "tickvals": [tick / _MINUTE for tick in ticks],
                "ticktext": [short_span(tick) for tick in ticks],
                "showgrid": False,
            },
            "yaxis": {"range": [0, 101], "ticksuffix": PER_CENT, "zeroline": False},
            "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "itemwidth": 44},
            "hovermode": "x unified",
        },
    )


_TICKS = tuple(timedelta(seconds=seconds) for seconds in (5, 30, 60, 300, 900, 3600, 14400, 43200, 86400, 259200))


def short_span(span: timedelta) -> str:
    """A span in seconds, minutes and seconds, or beyond an hour in hours and minutes."""
    minutes, seconds = divmod(math.ceil(span.total_seconds()), 60)
    if minutes >= _HOUR_MINUTES or not seconds:
        return span_text(timedelta(minutes=minutes + (seconds > 0)))
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"


def _trace(minutes: list[float], bounds: Sequence[timedelta], line: Line, look: Part) -> Part:
    told = [f"{short_span(bound)}: {share_text(share)}" for bound, share in zip(bounds, line.shares, strict=True)]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": escape(line.name),
        "x": minutes,
        "y": [round(share * 100, 3) for share in line.shares],
        "line": look,
        "text": told,
        "hovertemplate": "%{text}",
    }
