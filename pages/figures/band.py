"""Delivered without delivery feedback above, with it below, and between them what is still open."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import pandas as pd

from pages.figures.colours import Colours
from pages.figures.heights import fitted
from pages.figures.marks import height_above, mark_shapes, mark_words
from pages.figures.plain import Part, PlainFigure
from pages.figures.time_axis import Axis, Marks, TimeAxis, time_axis
from pages.i18n.formats import count_text, share_text
from pages.i18n.words import phrase, words

_LEAST_ROOM = 0.002
"""Around a fitted line, as a share of the whole."""
_DECIMALS = 4
_CROWDED = 0.16
_HIGH = 0.35
_LABEL_PIXELS = 38
_FAINT = "55"
_FAINTER = "33"
_SHORTEST = timedelta(minutes=10)
_NEAR = 3


class Unit(StrEnum):
    """What the height stands for. The values stand in the URL."""

    MESSAGES = "messages"
    SHARES = "shares"


@dataclass(frozen=True)
class _Layer:
    """A line, or the edge of a filled area: the sum of columns. The gap alone has a plot of its own below."""

    name: str
    columns: tuple[str, ...]
    colour: str
    fill: str = ""
    pattern: str = ""
    is_below: bool = False


def band_figure(
    gap: pd.DataFrame,
    marks: Marks,
    unit: Unit,
    axis_title: str,
    colours: Colours,
    wide_until: timedelta,
    *,
    zoomed: bool = False,
) -> PlainFigure:
    """Step lines of ceiling and floor with the band between them: strong up to the chosen moment, faint after it.

    gap: a row per point, with elapsed (a timedelta since the send), floor, retrying, in_flight, ceiling (messages) and
    the same with _rate (shares 0..1); what is not known is NaN and not drawn. A point stands at the chosen moment.
    zoomed: a time axis up to wide_until, even if the chosen moment lies far behind; a height fitted to the line where
    there is but one.
    """
    axis = _zoomed_axis(marks, wide_until) if zoomed else time_axis(Axis.SEND, marks, wide_until, zoomed=False)
    layers = [layer for layer in _layers(colours) if gap[_in_unit(layer, unit)].notna().all(axis=1).any()]
    chosen = int(gap["elapsed"].searchsorted(pd.Timedelta(marks.age(marks.chosen)), "right"))
    known, later = gap.iloc[:chosen], gap.iloc[max(chosen - 1, 0) :]
    traces = [_trace(known, layer, axis, unit, is_known=True) for layer in layers]
    if len(later) > 1:
        traces += [_trace(later, layer, axis, unit, is_known=False) for layer in layers]
    is_split = any(layer.is_below for layer in layers)
    heights = _heights(gap, layers, unit, axis if zoomed and not is_split else None)
    labels = _labels(
        known.iloc[-1] if len(known) else gap.iloc[0],
        [layer for layer in layers if not layer.fill],
        axis,
        unit,
        heights,
    )
    layout = {
        "height": 560 if is_split else 460,
        "hovermode": "x unified",
        "margin": {"l": 8, "r": 150, "t": height_above(axis), "b": 84},
        "xaxis": axis.layout(),
        "yaxis": {"range": heights, "title": {"text": axis_title}, "zeroline": False, **_ticks(unit)},
        "legend": {"orientation": "h", "yref": "container", "y": 0, "yanchor": "bottom", "x": 0},
        "annotations": [*labels, *mark_words(axis, colours)],
        "shapes": mark_shapes(axis, colours),
    }
    return PlainFigure(traces, layout | (_split(layout, unit) if is_split else {}))


def _zoomed_axis(marks: Marks, wide_until: timedelta) -> TimeAxis:
    chosen = marks.age(marks.chosen)
    near = chosen if chosen <= wide_until * _NEAR else timedelta(0)
    return TimeAxis(Axis.SEND, marks, max(wide_until * 1.05, near * 1.05, _SHORTEST), zoomed=True)


def _layers(colours: Colours) -> list[_Layer]:
    retrying, in_flight = (
        (phrase("Retrying"), colours.retrying, "tonexty", "/"),
        (phrase("In flight"), colours.in_flight, "tonexty", "."),
    )
    return [
        _Layer(phrase("Delivered with EFS"), ("floor",), colours.delivered),
        _Layer(retrying[0], ("floor", "retrying"), *retrying[1:]),
        _Layer(in_flight[0], ("floor", "retrying", "in_flight"), *in_flight[1:]),
        _Layer(phrase("Delivered without EFS"), ("ceiling",), colours.delivered),
        _Layer(retrying[0], ("retrying",), colours.retrying, "tozeroy", "/", is_below=True),
        _Layer(in_flight[0], ("retrying", "in_flight"), *in_flight[1:], is_below=True),
    ]


def _split(layout: Part, unit: Unit) -> Part:
    """A plot of its own below for the gap, on a height of its own."""
    return {
        "yaxis": {**layout["yaxis"], "domain": [0.45, 1]},
        "yaxis2": {
            "domain": [0, 0.35],
            "rangemode": "tozero",
            "title": {"text": words("Gap")},
            "zeroline": False,
            **_ticks(unit),
        },
        "xaxis": {**layout["xaxis"], "anchor": "y2"},
        "hoversubplots": "axis",
    }


def _in_unit(layer: _Layer, unit: Unit) -> list[str]:
    return [name if unit is Unit.MESSAGES else f"{name}_rate" for name in layer.columns]


def _edge(gap: pd.DataFrame, layer: _Layer, unit: Unit) -> pd.Series:
    edge = gap[_in_unit(layer, unit)].sum(axis=1, skipna=False)
    return edge if unit is Unit.MESSAGES else edge * 100


def _trace(gap: pd.DataFrame, layer: _Layer, axis: TimeAxis, unit: Unit, *, is_known: bool) -> Part:
    edge = _edge(gap, layer, unit).round(_DECIMALS)
    return {
        "type": "scatter",
        "x": axis.places(gap["elapsed"].to_numpy(), _DECIMALS),
        "y": edge.astype(object).where(edge.notna(), None).tolist(),
        "name": words(layer.name) if is_known else words("{line}, later", line=words(layer.name)),
        "mode": "lines",
        "line": _line(layer, is_known=is_known),
        "yaxis": "y2" if layer.is_below else "y",
        **(_fill(layer, is_known=is_known) if layer.fill else {}),
        **(_hover(gap, layer, unit) if layer.is_below or not layer.fill else {"hoverinfo": "skip"}),
        "showlegend": is_known and layer.is_below,
    }


def _hover(gap: pd.DataFrame, layer: _Layer, unit: Unit) -> Part:
    """The layer's own number, for areas lie upon each other."""
    own = layer.columns[-1]
    shares = (gap[f"{own}_rate"] * 100).round(_DECIMALS)
    shown = "%{customdata[0]:,}" if unit is Unit.MESSAGES else "%{customdata[1]:.1f} % (%{customdata[0]:,})"
    return {
        "customdata": list(zip(gap[own].tolist(), shares.astype(object).where(shares.notna(), None), strict=True)),
        "hovertemplate": shown,
    }


def _line(layer: _Layer, *, is_known: bool) -> Part:
    width = 0 if layer.fill else 2.5
    return {"shape": "hv", "color": layer.colour, "width": width, "dash": "solid" if is_known else "dot"}


def _fill(layer: _Layer, *, is_known: bool) -> Part:
    pattern = {"shape": layer.pattern, "size": 6, "solidity": 0.25, "fgopacity": 0.7 if is_known else 0.3}
    return {
        "fill": layer.fill,
        "fillcolor": f"{layer.colour}{_FAINT if is_known else _FAINTER}",
        "fillpattern": {**pattern, "fgcolor": layer.colour, "fillmode": "overlay"},
    }


def _heights(gap: pd.DataFrame, layers: list[_Layer], unit: Unit, fitted_to: TimeAxis | None) -> list[float]:
    """The bounds of the height: from 0, or fitted to what the axis shows."""
    whole = 100 if unit is Unit.SHARES else max(float(gap["ceiling"].max()), 1)
    if fitted_to is None:
        return [0, whole if unit is Unit.SHARES else whole * 1.05]
    shown = gap[gap["elapsed"] <= fitted_to.end]
    edges = pd.concat([_edge(shown, layer, unit) for layer in layers if not layer.is_below])
    low, high = (float(edges.min()), float(edges.max())) if edges.notna().any() else (0.0, whole)
    return fitted(low, high, whole * _LEAST_ROOM, whole if unit is Unit.SHARES else None)


def _labels(last: pd.Series, lines: list[_Layer], axis: TimeAxis, unit: Unit, heights: list[float]) -> list[Part]:
    """The lines' names with their values at the chosen moment, apart from each other and from what goes on behind."""
    values = [float(last[_in_unit(line, unit)[0]]) * (1 if unit is Unit.MESSAGES else 100) for line in lines]
    told = [(line, value) for line, value in zip(lines, values, strict=True) if pd.notna(value)]
    span = heights[1] - heights[0]
    is_crowded = len(told) > 1 and abs(told[1][1] - told[0][1]) < _CROWDED * span
    is_high = len(told) > 0 and told[0][1] - heights[0] > _HIGH * span
    return [
        {
            "text": f"<b>{words(line.name)}</b><br>{_value(last, line, unit)}",
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


def _value(last: pd.Series, line: _Layer, unit: Unit) -> str:
    own = line.columns[0]
    return count_text(int(last[own])) if unit is Unit.MESSAGES else share_text(last[f"{own}_rate"])


def _ticks(unit: Unit) -> Part:
    return {"tickformat": ",.0f"} if unit is Unit.MESSAGES else {"ticksuffix": " %"}
