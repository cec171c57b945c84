"""What the figures of opens and clicks have in common."""

from collections.abc import Sequence
from datetime import datetime

from pages.figures.colours import Colours
from pages.figures.mark_drawing import Ruler
from pages.figures.noted import with_notes
from pages.figures.plain import Part
from pages.figures.time_axis import Note, clock_ticks
from pages.i18n.formats import axis_day_format
from pages.i18n.words import words

_HATCHED = {"shape": "/", "solidity": 0.4}
_UPPER, _LOWER = [0.56, 1.0], [0.0, 0.44]
_TITLE_PIXELS = 22


def two_plots(
    titles: tuple[str, str], colours: Colours, begins: datetime, ends: datetime, notes: Sequence[Note]
) -> Part:
    """Two plots over one clock (UTC), each under its title, with what is noted between two moments."""
    clock = Ruler(lambda moment: moment - begins, ends - begins, lambda along: begins + along)
    layout = {
        **framed(colours),
        "height": 460,
        "hovermode": "x unified",
        "hoversubplots": "axis",
        "xaxis": {
            "title": {"text": words("Clock (UTC)")},
            "tickformatstops": clock_ticks(),
            "hoverformat": f"{axis_day_format()} %H:%M UTC",
            "showgrid": False,
            "anchor": "y2",
            "range": [begins, ends],
        },
        "yaxis": {"domain": _UPPER, "rangemode": "tozero"},
        "yaxis2": {"domain": _LOWER, "rangemode": "tozero"},
        "annotations": [_title(text, top, colours) for text, (_, top) in zip(titles, (_UPPER, _LOWER), strict=True)],
    }
    return with_notes(layout, notes, clock, colours, _TITLE_PIXELS)


def framed(colours: Colours) -> Part:
    """A layout with room around it, and the legend above."""
    return {
        "margin": {"l": 8, "r": 24, "t": 56, "b": 48},
        "legend": {
            "orientation": "h",
            "yref": "container",
            "y": 1,
            "yanchor": "top",
            "x": 1,
            "xanchor": "right",
            "traceorder": "normal",
        },
        "font": {"color": colours.text},
    }


def engagement_bar(colours: Colours, *, hatched: bool) -> Part:
    """How bars look. hatched: set apart from those they stand on."""
    colour = colours.in_flight if hatched else colours.delivered
    return {"color": colour, "line": {"width": 0}} | ({"pattern": _HATCHED} if hatched else {})


def _title(text: str, top: float, colours: Colours) -> Part:
    return {
        "text": f"<b>{text}</b>",
        "x": 0,
        "y": top,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "yshift": 4,
        "showarrow": False,
        "font": {"size": 13, "color": colours.text},
    }
