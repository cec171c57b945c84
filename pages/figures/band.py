"""Delivered without delivery feedback above, with it below, and between them what is still open."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import pandas as pd

from pages.figures.colours import Colours
from pages.figures.marks import height_above, mark_shapes, mark_words
from pages.figures.plain import Part, PlainFigure
from pages.figures.time_axis import Axis, Marks, TimeAxis, time_axis
from pages.i18n.formats import count_text, share_text
from pages.i18n.words import phrase, words

_DECIMALS = 4
_CROWDED = 0.12
_LABEL_PIXELS = 20
_FAINT = "55"
_FAINTER = "26"


class Unit(StrEnum):
    """What the height stands for. The values stand in the URL."""

    MESSAGES = "messages"
    SHARES = "shares"


@dataclass(frozen=True)
class _Layer:
    """One edge of the band, from the floor up: the sum of columns, and how what lies below it is filled."""

    name: str
    columns: tuple[str, ...]
    colour: str
    fill: str | None = None
    pattern: str = ""


def band_figure(
    gap: pd.DataFrame,
    marks: Marks,
    unit: Unit,
    axis_title: str,
    colours: Colours,
    last_change: timedelta,
    *,
    zoomed: bool = False,
) -> PlainFigure:
    """Step lines of ceiling and floor with the band between them: strong up to the chosen moment, faint after it.

    gap: a row per point, with elapsed (a timedelta since the send), floor, retrying, in_flight, ceiling (messages) and
    the same with _rate (shares 0..1); what is not known is NaN and not drawn. A point stands at the chosen moment.
    zoomed: a time axis that ends where the lines do, and a height fitted to them.
    """
    axis = time_axis(Axis.SEND, marks, last_change, zoomed=zoomed)
    layers = [layer for layer in _layers(colours) if gap[_in_unit(layer, unit)].notna().all(axis=1).any()]
    chosen = int(gap["elapsed"].searchsorted(pd.Timedelta(marks.age(marks.chosen)), "right"))
    known, later = gap.iloc[:chosen], gap.iloc[max(chosen - 1, 0) :]
    traces = [_trace(known, layer, axis, unit, is_known=True) for layer in layers]
    if len(later) > 1:
        traces += [_trace(later, layer, axis, unit, is_known=False) for layer in layers]
    heights = _heights(gap, layers, unit, axis if zoomed else None)
    labels = _labels(known.iloc[-1], [layer for layer in layers if not layer.pattern], axis, unit, heights)
    layout = {
        "height": 460,
        "hovermode": "x unified",
        "margin": {"l": 8, "r": 150, "t": height_above(axis), "b": 72},
        "xaxis": axis.layout(),
        "yaxis": {"range": heights, "title": {"text": axis_title}, "zeroline": False, **_ticks(unit)},
        "legend": {"orientation": "h", "y": -0.16, "yanchor": "top", "x": 0, "traceorder": "reversed"},
        "annotations": [*labels, *mark_words(axis, colours)],
        "shapes": mark_shapes(axis, colours),
    }
    return PlainFigure(traces, layout)


def _layers(colours: Colours) -> list[_Layer]:
    return [
        _Layer(phrase("Delivered with EFS"), ("floor",), colours.delivered),
        _Layer(phrase("Retrying"), ("floor", "retrying"), colours.retrying, colours.retrying, "/"),
        _Layer(phrase("In flight"), ("floor", "retrying", "in_flight"), colours.in_flight, colours.in_flight, "."),
        _Layer(phrase("Delivered without EFS"), ("ceiling",), colours.delivered),
    ]


def _in_unit(layer: _Layer, unit: Unit) -> list[str]:
    return [name if unit is Unit.MESSAGES else f"{name}_rate" for name in layer.columns]


def _edge(gap: pd.DataFrame, layer: _Layer, unit: Unit) -> pd.Series:
    edge = gap[_in_unit(layer, unit)].sum(axis=1, skipna=False)
    return edge if unit is Unit.MESSAGES else edge * 100


def _trace(gap: pd.DataFrame, layer: _Layer, axis: TimeAxis, unit: Unit, *, is_known: bool) -> Part:
    edge = _edge(gap, layer, unit).round(_DECIMALS)
    own = layer.columns[-1]
    shares = "" if unit is Unit.MESSAGES else "%{customdata[1]:.1f} % "
    return {
        "type": "scatter",
        "x": axis.places(gap["elapsed"].to_numpy(), _DECIMALS),
        "y": edge.astype(object).where(edge.notna(), None).tolist(),
        "customdata": list(zip(gap[own].tolist(), (gap[f"{own}_rate"] * 100).round(_DECIMALS).tolist(), strict=True)),
        "name": words(layer.name) if is_known else words("{line}, later", line=words(layer.name)),
        "mode": "lines",
        "line": _line(layer, is_known=is_known),
        **(_fill(layer, is_known=is_known) if layer.fill else {}),
        "hovertemplate": shares + ("(%{customdata[0]:,})" if shares else "%{customdata[0]:,}"),
        "showlegend": is_known and bool(layer.fill),
    }


def _line(layer: _Layer, *, is_known: bool) -> Part:
    width = 0 if layer.fill else 2.5
    return {"shape": "hv", "color": layer.colour, "width": width, "dash": "solid" if is_known else "dot"}


def _fill(layer: _Layer, *, is_known: bool) -> Part:
    pattern = {"shape": layer.pattern, "size": 6, "solidity": 0.25, "fgopacity": 0.7 if is_known else 0.3}
    return {
        "fill": "tonexty",
        "fillcolor": f"{layer.fill}{_FAINT if is_known else _FAINTER}",
        "fillpattern": {**pattern, "fgcolor": layer.fill, "fillmode": "overlay"},
    }


def _heights(gap: pd.DataFrame, layers: list[_Layer], unit: Unit, fitted_to: TimeAxis | None) -> list[float]:
    """The bounds of the height: from 0, or fitted to what the axis shows."""
    whole = 100 if unit is Unit.SHARES else max(float(gap["ceiling"].max()), 1)
    if fitted_to is None:
        return [0, whole if unit is Unit.SHARES else whole * 1.05]
    shown = gap[gap["elapsed"] <= fitted_to.end]
    edges = pd.concat([_edge(shown, layer, unit) for layer in layers])
    low, high = (float(edges.min()), float(edges.max())) if edges.notna().any() else (0.0, whole)
    margin = max((high - low) * 0.05, whole * 0.002)
    return [low - margin, high + margin]


def _labels(last: pd.Series, lines: list[_Layer], axis: TimeAxis, unit: Unit, heights: list[float]) -> list[Part]:
    """The lines' names with their values at the chosen moment, apart from each other; the ceiling is the last."""
    edges = [float(last[_in_unit(line, unit)[0]]) * (1 if unit is Unit.MESSAGES else 100) for line in lines]
    is_crowded = len(edges) > 1 and abs(edges[1] - edges[0]) < _CROWDED * (heights[1] - heights[0])
    shifts = (-_LABEL_PIXELS, _LABEL_PIXELS) if is_crowded else (0, 0)
    return [
        {
            "text": f"<b>{words(line.name)}</b><br>{_value(last, line, unit)}",
            "x": axis.place(min(last["elapsed"], axis.end)),
            "y": edge,
            "xanchor": "left",
            "xshift": 6,
            "yanchor": "middle",
            "yshift": shift,
            "showarrow": False,
            "align": "left",
            "font": {"color": line.colour, "size": 13},
        }
        for line, edge, shift in zip(lines, edges, shifts, strict=False)
        if pd.notna(edge)
    ]


def _value(last: pd.Series, line: _Layer, unit: Unit) -> str:
    own = line.columns[0]
    return count_text(int(last[own])) if unit is Unit.MESSAGES else share_text(last[f"{own}_rate"])


def _ticks(unit: Unit) -> Part:
    return {"tickformat": ",.0f"} if unit is Unit.MESSAGES else {"ticksuffix": " %"}
