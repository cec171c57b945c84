"""Figures as plotly's own dictionaries: building plotly's objects takes ten times as long as all else of a figure."""

from functools import cache
from typing import Any, Self

import plotly.graph_objects as go

from pages.i18n.formats import axis_separators

Part = dict[str, Any]
"""A trace, a layout or a piece of one, named as plotly names it."""


class PlainFigure(go.Figure):  # type: ignore[misc]  # plotly has no types
    """A figure that is taken as it is. The tests hold it against plotly's schema, by `checked`."""

    def __new__(cls, *_: object) -> Self:
        """Go without plotly's own objects."""
        return object.__new__(cls)

    def __init__(self, traces: list[Part], layout: Part) -> None:
        self._traces, self._layout_words = traces, {"separators": axis_separators(), **layout}

    def to_dict(self) -> Part:
        """What the browser gets: with the template that is the default."""
        return {"data": self._traces, "layout": {"template": _template(), **self._layout_words}}

    def checked(self) -> go.Figure:
        """The figure as plotly's objects. Raises ValueError where plotly does not know a word of it."""
        return go.Figure(self._traces, self._layout_words)

    def as_page(self) -> str:
        """The figure as a page of its own, which needs no server and no network."""
        page: str = self.checked().to_html(include_plotlyjs=True)
        return page


@cache
def _template() -> Part:
    template: Part = go.Figure().to_dict()["layout"]["template"]
    return template
