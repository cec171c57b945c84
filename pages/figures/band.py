"""Delivered without delivery feedback above, with it below, and between them what is still open."""

from datetime import timedelta

import pandas as pd

from pages.figures.band_labels import band_labels
from pages.figures.band_layers import Layer, Unit, edge_of, in_unit, layers_of
from pages.figures.colours import Colours
from pages.figures.heights import fitted
from pages.figures.marks import height_above, mark_shapes, mark_words
from pages.figures.plain import Part, PlainFigure
from pages.figures.time_axis import Axis, Marks, TimeAxis, time_axis
from pages.i18n.formats import PER_CENT
from pages.i18n.words import words

_LEAST_ROOM = 0.002
"""Around a fitted line, as a share of the whole."""
_DECIMALS = 4
_FAINT = "55"
_FAINTER = "33"
_SHORTEST = timedelta(minutes=10)
_NEAR = 3


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
    axis = zoomed_axis(marks, wide_until) if zoomed else time_axis(Axis.SEND, marks, wide_until, zoomed=False)
    layers = [layer for layer in layers_of(colours) if gap[in_unit(layer, unit)].notna().all(axis=1).any()]
    chosen = int(gap["elapsed"].searchsorted(pd.Timedelta(marks.age(marks.chosen)), "right"))
    known, later = gap.iloc[:chosen], gap.iloc[max(chosen - 1, 0) :]
    traces = [_trace(known, layer, axis, unit, is_known=True) for layer in layers]
    if len(later) > 1:
        traces += [_trace(later, layer, axis, unit, is_known=False) for layer in layers]
    is_split = any(layer.is_below for layer in layers)
    heights = _heights(gap, layers, unit, axis if zoomed and not is_split else None)
    labels = band_labels(
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


def zoomed_axis(marks: Marks, wide_until: timedelta) -> TimeAxis:
    """The time axis up to wide_until, or to the chosen moment where that is near."""
    chosen = marks.age(marks.chosen)
    near = chosen if chosen <= wide_until * _NEAR else timedelta(0)
    return TimeAxis(Axis.SEND, marks, max(wide_until * 1.05, near * 1.05, _SHORTEST), zoomed=True)


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


def _trace(gap: pd.DataFrame, layer: Layer, axis: TimeAxis, unit: Unit, *, is_known: bool) -> Part:
    edge = edge_of(gap, layer, unit).round(_DECIMALS)
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


def _hover(gap: pd.DataFrame, layer: Layer, unit: Unit) -> Part:
    """The layer's own number, for areas lie upon each other."""
    own = layer.columns[-1]
    shares = (gap[f"{own}_rate"] * 100).round(_DECIMALS)
    shown = (
        "%{customdata[0]:,}" if unit is Unit.MESSAGES else f"%{{customdata[1]:.1f}}{PER_CENT} (%{{customdata[0]:,}})"
    )
    return {
        "customdata": list(zip(gap[own].tolist(), shares.astype(object).where(shares.notna(), None), strict=True)),
        "hovertemplate": shown,
    }


def _line(layer: Layer, *, is_known: bool) -> Part:
    width = 0 if layer.fill else 2.5
    return {"shape": "hv", "color": layer.colour, "width": width, "dash": "solid" if is_known else "dot"}


def _fill(layer: Layer, *, is_known: bool) -> Part:
    pattern = {"shape": layer.pattern, "size": 6, "solidity": 0.25, "fgopacity": 0.7 if is_known else 0.3}
    return {
        "fill": layer.fill,
        "fillcolor": f"{layer.colour}{_FAINT if is_known else _FAINTER}",
        "fillpattern": {**pattern, "fgcolor": layer.colour, "fillmode": "overlay"},
    }


def _heights(gap: pd.DataFrame, layers: list[Layer], unit: Unit, fitted_to: TimeAxis | None) -> list[float]:
    """The bounds of the height: from 0, or fitted to what the axis shows."""
    whole = 100 if unit is Unit.SHARES else max(float(gap["ceiling"].max()), 1)
    if fitted_to is None:
        return [0, whole if unit is Unit.SHARES else whole * 1.05]
    shown = gap[gap["elapsed"] <= fitted_to.end]
    edges = pd.concat([edge_of(shown, layer, unit) for layer in layers if not layer.is_below])
    low, high = (float(edges.min()), float(edges.max())) if edges.notna().any() else (0.0, whole)
    return fitted(low, high, whole * _LEAST_ROOM, whole if unit is Unit.SHARES else None)


def _ticks(unit: Unit) -> Part:
    return {"tickformat": ",.0f"} if unit is Unit.MESSAGES else {"ticksuffix": PER_CENT}
