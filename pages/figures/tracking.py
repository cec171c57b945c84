"""Opens and clicks: by hour, on two clocks, and how soon after the acceptance."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd

from pages.figures.colours import Colours
from pages.figures.plain import Part, PlainFigure
from pages.i18n.formats import count_text, moment_text, number_text
from pages.i18n.words import words

_HALF_HOUR = timedelta(minutes=30)
_NEARLY_ALL = 0.97
_HOUR_MILLISECONDS = 3_600_000
_CLOCK_TICKS = [
    {"dtickrange": [None, 86_399_999], "value": "%H:%M\n%-d %b %Y"},
    {"dtickrange": [86_400_000, None], "value": "%-d %b %Y"},
]
_LOG_TICKS = (1, 10, 60, 600, 3600, 36_000, 86_400, 864_000)
"""Seconds after the acceptance that are named on the axis."""
_HATCHED = {"shape": "/", "solidity": 0.4}
_UNITS = ((86_400, "d"), (3600, "h"), (60, "min"), (1, "s"))
_TWO_DIGITS = 10
_WIDTH = 1 / 6
"""A step of the scale, in powers of ten."""
_UPPER, _LOWER = [0.56, 1.0], [0.0, 0.44]


@dataclass(frozen=True)
class Bars:
    """Bars of one kind. column: of the frame; upper: in the upper plot; hatched: set apart from those they stand on."""

    column: str
    label: str
    upper: bool
    hatched: bool = False


def hours_figure(
    hours: pd.DataFrame,
    bars: Sequence[Bars],
    titles: tuple[str, str],
    colours: Colours,
    last: datetime | None = None,
) -> PlainFigure:
    """Two plots above each other, with bars that stand on each other, one per hour.

    hours: hour (where it begins, UTC) and the columns of the bars. last: the last hour shown at first, if not all are.
    A mark's customdata is the hour in ISO's words.
    """
    moments = [hour.to_pydatetime() for hour in hours["hour"]]
    traces = [
        {
            "type": "bar",
            "x": [moment + _HALF_HOUR for moment in moments],
            "y": hours[one.column].tolist(),
            "width": _HOUR_MILLISECONDS * 0.9,
            "customdata": [moment.isoformat() for moment in moments],
            "name": one.label,
            "showlegend": one.upper,
            "yaxis": "y" if one.upper else "y2",
            "marker": _marker(colours, hatched=one.hatched),
            "hovertemplate": "%{y:,}",
        }
        for one in bars
    ]
    layout = _two_plots(titles, colours) | {"barmode": "stack"}
    if last is not None:
        layout["xaxis"] |= {"range": [moments[0] - _HALF_HOUR, last + 3 * _HALF_HOUR]}
    return PlainFigure(traces, layout)


def most_of(hours: pd.DataFrame, column: str) -> datetime:
    """The hour by whose end nearly all of a column is told."""
    sums = hours[column].cumsum().to_numpy()
    last: datetime = hours["hour"].iloc[int(sums.searchsorted(sums[-1] * _NEARLY_ALL))].to_pydatetime()
    return last


def busiest_hour(hours: pd.DataFrame, column: str) -> str:
    """What the bars of a column say: when most of them were."""
    busiest = hours.iloc[int(hours[column].to_numpy().argmax())]
    return words(
        "The busiest hour began {moment}: {count}.", moment=moment_text(busiest["hour"]), count=int(busiest[column])
    )


def clock_figure(course: pd.DataFrame, titles: tuple[str, str], colours: Colours) -> PlainFigure:
    """Two plots above each other, each with what is told as a line and what the tile shows as dashed steps below it.

    course: at (UTC), opened, clicked, opened_shown, clicked_shown.
    """
    moments = [moment.to_pydatetime() for moment in course["at"]]
    lines = (
        ("opened", words("True clock"), "solid", colours.delivered, "y"),
        ("opened_shown", words("Tile's clock"), "dash", colours.text, "y"),
        ("clicked", words("True clock"), "solid", colours.delivered, "y2"),
        ("clicked_shown", words("Tile's clock"), "dash", colours.text, "y2"),
    )
    traces = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": moments,
            "y": course[column].tolist(),
            "name": label,
            "legendgroup": label,
            "showlegend": plot == "y",
            "yaxis": plot,
            "line": {"shape": "hv", "color": colour, "dash": dash, "width": 2},
            "hovertemplate": "%{y:,}",
        }
        for column, label, dash, colour, plot in lines
    ]
    return PlainFigure(traces, _two_plots(titles, colours))


def delay_figure(delays: pd.DataFrame, machine_within: timedelta, colours: Colours) -> PlainFigure:
    """Messages by the time from acceptance to first opening, on a logarithmic axis, those of likely machines hatched.

    delays: a row per step: step, longer_than, within (seconds, NaN where it is open), messages. A mark's customdata is
    its step.
    """
    edge = math.log10(machine_within.total_seconds())
    is_machine = delays["within"] <= machine_within.total_seconds()
    parts = ((words("Likely machines"), delays[is_machine], True), (words("Later"), delays[~is_machine], False))
    traces = [
        {
            "type": "bar",
            "x": [_middle(after) for after in part["longer_than"]],
            "y": part["messages"].tolist(),
            "width": _WIDTH * 0.94,
            "customdata": part["step"].tolist(),
            "text": [delay_words(*row) for row in zip(part["longer_than"], part["within"], strict=True)],
            "textposition": "none",
            "name": label,
            "marker": _marker(colours, hatched=hatched),
            "hovertemplate": "%{text}: %{y:,}",
        }
        for label, part, hatched in parts
    ]
    ticks = [second for second in _LOG_TICKS if math.log10(second) <= _middle(delays["longer_than"].max()) + _WIDTH]
    line = {"type": "line", "xref": "x", "yref": "paper", "x0": edge, "x1": edge, "y0": 0, "y1": 1}
    layout = {
        **_common(colours),
        "height": 380,
        "shapes": [{**line, "line": {"color": colours.text, "width": 1, "dash": "dash"}}],
        "xaxis": {
            "title": {"text": words("Time from acceptance to first open, logarithmic")},
            "tickvals": [math.log10(second) for second in ticks],
            "ticktext": [span_words(second) for second in ticks],
            "showgrid": False,
            "zeroline": False,
        },
        "yaxis": {"title": {"text": words("Messages")}, "rangemode": "tozero"},
    }
    return PlainFigure(traces, layout)


def _middle(longer_than: float) -> float:
    """Where a bar stands: that of the first second stands as far before it as a step is wide."""
    return (math.log10(longer_than) if longer_than else -_WIDTH) + _WIDTH / 2


def span_words(seconds: float) -> str:
    """A span in the unit that fits: 4.6 s, 10 s, 1 min, 10 h, 1 d."""
    length, unit = next((unit for unit in _UNITS if seconds >= unit[0]), _UNITS[-1])
    number = seconds / length
    is_whole = number >= _TWO_DIGITS or number == round(number)
    return f"{count_text(round(number)) if is_whole else number_text(number)} {unit}"


def delay_words(longer_than: float, within: float) -> str:
    """The span of a step, from and to."""
    if math.isnan(within):
        return words("More than {span}", span=span_words(longer_than))
    return f"{span_words(longer_than)} – {span_words(within)}"  # noqa: RUF001 - the sign meant


def _marker(colours: Colours, *, hatched: bool) -> Part:
    colour = colours.in_flight if hatched else colours.delivered
    return {"color": colour, "line": {"width": 0}} | ({"pattern": _HATCHED} if hatched else {})


def _two_plots(titles: tuple[str, str], colours: Colours) -> Part:
    """Two plots over one clock, each under its title."""
    return {
        **_common(colours),
        "height": 460,
        "hovermode": "x unified",
        "hoversubplots": "axis",
        "xaxis": {
            "title": {"text": words("Clock (UTC)")},
            "tickformatstops": _CLOCK_TICKS,
            "hoverformat": "%-d %b %Y %H:%M UTC",
            "showgrid": False,
            "anchor": "y2",
        },
        "yaxis": {"domain": _UPPER, "rangemode": "tozero"},
        "yaxis2": {"domain": _LOWER, "rangemode": "tozero"},
        "annotations": [_title(text, top, colours) for text, (_, top) in zip(titles, (_UPPER, _LOWER), strict=True)],
    }


def _common(colours: Colours) -> Part:
    return {
        "margin": {"l": 8, "r": 24, "t": 56, "b": 48},
        "legend": {
            "orientation": "h",
            "y": 1.02,
            "yanchor": "bottom",
            "x": 1,
            "xanchor": "right",
            "traceorder": "normal",
        },
        "font": {"color": colours.text},
    }


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
