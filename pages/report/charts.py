"""A chart of the report: the same figure as on screen, in the colours of both themes."""

from dataclasses import dataclass
from datetime import timedelta

import pandas as pd
from markupsafe import Markup
from plotly.io.json import to_json_plotly

from pages.figures.colours import DARK, LIGHT, Colours
from pages.figures.course import course_figure
from pages.figures.plain import Part
from pages.figures.time_axis import Axis, Marks, is_better_zoomed

_NONE = "rgba(0, 0, 0, 0)"
_GRID = "rgba(128, 128, 128, 0.3)"


@dataclass(frozen=True)
class Chart:
    """A figure as plotly's JSON, safe within a script, and what it says in words."""

    light: Markup
    dark: Markup
    alt: str


def chart_of(course: pd.DataFrame, marks: Marks, last_change: timedelta, alt: str) -> Chart:
    """The course of a delivery, as the Deployment page draws it."""
    zoomed = is_better_zoomed(marks, last_change)

    def drawn(colours: Colours) -> Markup:
        figure = course_figure(course, marks, Axis.SEND, colours, last_change, zoomed=zoomed).to_dict()
        return _json(figure | {"layout": _on_paper(figure["layout"], colours)})

    return Chart(drawn(LIGHT), drawn(DARK), alt)


def _on_paper(layout: Part, colours: Colours) -> Part:
    """The layout on the page's own background and in its colour of text."""
    look = {"gridcolor": _GRID, "automargin": True}
    axes = {name: {**axis, **look} for name, axis in layout.items() if name.startswith(("xaxis", "yaxis"))}
    return {**layout, **axes, "paper_bgcolor": _NONE, "plot_bgcolor": _NONE, "font": {"color": colours.text}}


def _json(figure: Part) -> Markup:
    # Within a script no text may end the script or begin a comment.
    return Markup(to_json_plotly(figure).replace("<", "\\u003c").replace(">", "\\u003e"))  # noqa: S704
