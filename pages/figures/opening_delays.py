"""How soon after the acceptance messages are first opened."""

import math
from datetime import timedelta

import pandas as pd

from pages.figures.colours import Colours
from pages.figures.engagement import engagement_bar, framed
from pages.figures.plain import PlainFigure
from pages.i18n.formats import count_text, number_text
from pages.i18n.words import words

_TICKS = (1, 10, 60, 600, 3600, 36_000, 86_400, 864_000)
"""Seconds after the acceptance that are named on the axis."""
_UNITS = ((86_400, "d"), (3600, "h"), (60, "min"), (1, "s"))
_TWO_DIGITS = 10
_WIDTH = 1 / 6
"""A step of the scale, in powers of ten."""


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
            "marker": engagement_bar(colours, hatched=hatched),
            "hovertemplate": "%{text}: %{y:,}",
        }
        for label, part, hatched in parts
    ]
    ticks = [second for second in _TICKS if math.log10(second) <= _middle(delays["longer_than"].max()) + _WIDTH]
    line = {"type": "line", "xref": "x", "yref": "paper", "x0": edge, "x1": edge, "y0": 0, "y1": 1}
    layout = {
        **framed(colours),
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
