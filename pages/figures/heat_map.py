"""Failure rates by recipient domain and hour, as squares."""

from bisect import bisect_left
from collections.abc import Sequence
from datetime import datetime, timedelta
from html import escape

import pandas as pd

from pages.figures.colours import Colours, translucent
from pages.figures.mark_drawing import Ruler
from pages.figures.noted import with_notes
from pages.figures.plain import Part, PlainFigure
from pages.figures.time_axis import Note
from pages.i18n.formats import PER_CENT, share_text
from pages.i18n.words import words

_HOUR = timedelta(hours=1)
_ROW_PIXELS = 30
_ROOM_PIXELS = 540
_LARGEST, _SMALLEST = 24, 5
_MOST_TICKS = 12
_FAINT = 0.25
"""The opacity of the least, so that it is still seen as a square."""
_LEAST_FOR_TEXT = 16
_DARK = 0.65
"""From this part of the highest rate on, the text in a square has the colour of the background."""


def heat_map(
    cells: pd.DataFrame,
    rows: Sequence[str],
    hours: Sequence[tuple[str, str]],
    colours: Colours,
    title: str,
    ruler: Ruler,
    notes: Sequence[Note] = (),
) -> PlainFigure:
    """A square per domain and hour in which something came back, the darker the more failed.

    cells: row and column (places), rate (0..1), told (its hover text, escaped), is_incident. rows: the labels;
    hours: each with the day below it, which is said where it changes.
    title: of the axis of hours; ruler: that axis, of hour_columns(). notes: what is noted of the delivery.
    """
    size = max(_SMALLEST, min(_LARGEST, round(_ROOM_PIXELS / max(len(hours), 1) * 0.8)))
    most = max(float(cells["rate"].max()), 0.01)
    plain, marked = cells[~cells["is_incident"]], cells[cells["is_incident"]]
    traces = [
        _squares(plain, size, colours, most, name="", line={"width": 0}),
        _squares(marked, size, colours, most, name=words("Incident"), line={"width": 3, "color": colours.text}),
    ]
    every = -(-len(hours) // _MOST_TICKS) or 1
    places = list(range(0, len(hours), every))
    layout: Part = {
        "height": 130 + _ROW_PIXELS * len(rows),
        "margin": {"l": 8, "r": 8, "t": 32, "b": 56},
        "xaxis": {
            "title": {"text": title},
            "tickvals": places,
            "ticktext": _ticks([hours[place] for place in places]),
            "range": [-0.7, len(hours) - 0.3],
            "showgrid": False,
            "zeroline": False,
            "tickangle": 0,
        },
        "yaxis": {
            "tickvals": list(range(len(rows))),
            "ticktext": [escape(row) for row in rows],
            "range": [len(rows) - 0.4, -0.6],
            "automargin": True,
            "showgrid": False,
            "zeroline": False,
        },
        "legend": {"orientation": "h", "x": 0, "yref": "container", "y": 1, "yanchor": "top"},
        "hovermode": "closest",
        "coloraxis": {
            "cmin": 0,
            "cmax": most * 100,
            "colorscale": [[0, translucent(colours.in_flight, _FAINT)], [1, colours.failed]],
            "colorbar": {"ticksuffix": PER_CENT, "title": {"text": words("Failing")}, "thickness": 12},
        },
    }
    return PlainFigure(traces, with_notes(layout, notes, ruler, colours))


def hour_columns(started_at: datetime, hours: Sequence[int]) -> Ruler:
    """The axis of hours, a column for each. hours: those shown, numbered from 1 since the start (UTC), ascending.

    A moment within an hour that has no column stands between those beside it.
    """

    def along(moment: datetime) -> timedelta:
        age = moment - started_at
        number = age // _HOUR + 1
        column = bisect_left(hours, number)
        if column == len(hours):
            return (column + 1) * _HOUR
        if hours[column] == number:
            return column * _HOUR + age % _HOUR
        return column * _HOUR if column else -_HOUR

    return Ruler(along, len(hours) * _HOUR, lambda along: along / _HOUR - 0.5)


def heat_takeaway(cells: pd.DataFrame, rows: Sequence[str], hours: Sequence[str]) -> str:
    """What the figure says, for those who cannot see it: its darkest square."""
    worst = cells.iloc[int(cells["rate"].argmax())]
    return words(
        "The highest rate is {rate}, at {domain}, {hour}.",
        rate=share_text(worst["rate"]),
        domain=rows[worst["row"]],
        hour=hours[worst["column"]],
    )


def _ticks(hours: Sequence[tuple[str, str]]) -> list[str]:
    """The labels of some hours, with the day where it is another than before."""
    days = [None, *(day for _, day in hours)]
    return [
        f"{hour}<br>{day}" if day and day != before else hour for (hour, day), before in zip(hours, days, strict=False)
    ]


def _squares(cells: pd.DataFrame, size: int, colours: Colours, most: float, *, name: str, line: Part) -> Part:
    """Squares, with the percentage in them where it finds room, so that colour is not alone."""
    dark = most * _DARK
    return {
        "type": "scatter",
        "mode": "markers+text" if size >= _LEAST_FOR_TEXT else "markers",
        "text": [f"{percent:.0f}" if percent >= 1 else "" for percent in cells["rate"] * 100],
        "textfont": {
            "size": 10,
            "color": [colours.background if rate > dark else colours.text for rate in cells["rate"]],
        },
        "name": name,
        "showlegend": bool(name) and len(cells) > 0,
        "x": cells["column"].tolist(),
        "y": cells["row"].tolist(),
        "customdata": cells.index.tolist(),
        "hovertext": cells["told"].tolist(),
        "hoverinfo": "text",
        "marker": {
            "symbol": "square",
            "size": size,
            "opacity": 1,
            "color": (cells["rate"] * 100).tolist(),
            "coloraxis": "coloraxis",
            "line": line,
        },
        "selected": {"marker": {"opacity": 1}},
        "unselected": {"marker": {"opacity": 0.4}},
    }
