"""The names of floor and ceiling with their values, beside their lines at the chosen moment."""

import pandas as pd

from pages.figures.band_layers import Layer, Unit, in_unit
from pages.figures.plain import Part
from pages.figures.time_axis import TimeAxis
from pages.i18n.formats import count_text, share_text
from pages.i18n.words import words

_CROWDED = 0.16
_HIGH = 0.35
_LABEL_PIXELS = 38


def band_labels(last: pd.Series, lines: list[Layer], axis: TimeAxis, unit: Unit, heights: list[float]) -> list[Part]:
    """The lines' names with their values at the chosen moment, apart from each other and from what goes on behind.

    The names alone where that moment lies beyond the axis: beside another, the values would be read as those of it.
    """
    is_shown = axis.marks.age(axis.marks.chosen) <= axis.end
    values = [float(last[in_unit(line, unit)[0]]) * (1 if unit is Unit.MESSAGES else 100) for line in lines]
    told = [(line, value) for line, value in zip(lines, values, strict=True) if pd.notna(value)]
    span = heights[1] - heights[0]
    is_crowded = len(told) > 1 and abs(told[1][1] - told[0][1]) < _CROWDED * span
    is_high = len(told) > 0 and told[0][1] - heights[0] > _HIGH * span
    return [
        {
            "text": f"<b>{words(line.name)}</b>" + (f"<br>{_value(last, line, unit)}" if is_shown else ""),
            "x": axis.place(min(axis.marks.age(axis.marks.chosen), axis.end)),
            "y": told[0][1] if is_crowded else value,
            "xanchor": "left",
            "xshift": 6,
            **_beside(place, is_high=is_high, is_crowded=is_crowded),
            "showarrow": False,
            "align": "left",
            "font": {"color": line.colour, "size": 13},
        }
        for place, (line, value) in enumerate(told)
    ]


def _beside(place: int, *, is_high: bool, is_crowded: bool) -> Part:
    """Below its line, or above it where there is no room. Of two labels of one place the ceiling's stands above."""
    row = (1 - place if is_high else place) if is_crowded else 0
    shift = row * _LABEL_PIXELS + 2
    return {"yanchor": "top", "yshift": -shift} if is_high else {"yanchor": "bottom", "yshift": shift}


def _value(last: pd.Series, line: Layer, unit: Unit) -> str:
    own = line.columns[0]
    return count_text(int(last[own])) if unit is Unit.MESSAGES else share_text(last[f"{own}_rate"])
