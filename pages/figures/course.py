"""The course of Delivered and Bounces + errors over the validity period."""

import math
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from pages.figures.colours import Colours
from pages.figures.end_labels import Scale, ground, shift_of, shifts_of_pair
from pages.figures.heights import fitted
from pages.figures.marks import height_above, mark_shapes, mark_words
from pages.figures.plain import Part, PlainFigure
from pages.figures.stretches import Stretch, stretches
from pages.figures.time_axis import Axis, Marks, TimeAxis, time_axis
from pages.i18n.formats import PER_CENT, share_text, span_text
from pages.i18n.words import words

_HEIGHT, _BELOW = 460, 48
_UPPER, _LOWER = [0.54, 1], [0, 0.46]
_LEAST_ROOM = 0.2
"""Around a fitted line, in percent."""
_DECIMALS = 4
"""Of hours and percent: a third of a second, and a message in a million. More digits are only more to send."""


@dataclass(frozen=True)
class _Line:
    name: str
    column: str
    colour: str
    y_axis: str


def course_figure(
    course: pd.DataFrame,
    marks: Marks,
    kind: Axis,
    colours: Colours,
    last_change: timedelta,
    *,
    zoomed: bool = False,
) -> PlainFigure:
    """Step lines of both shares: solid up to the chosen moment, dotted after it, faint where nothing is observed yet.

    course: a row per point, with elapsed (a timedelta since the send, or the message's age), delivered, bounces_errors
    (counts) and delivered_rate, bounces_errors_rate (shares 0..1). last_change: when a line moves for the last time.
    zoomed: a plot for each line, fitted to it, and a time axis that ends where the lines do.
    """
    axis = time_axis(kind, marks, last_change, zoomed=zoomed)
    lines = (
        _Line(words("Delivered"), "delivered", colours.delivered, "y"),
        _Line(words("Bounces + errors"), "bounces_errors", colours.failed, "y2" if zoomed else "y"),
    )
    parts = stretches(course["elapsed"].to_numpy(), marks, kind)
    traces = [_trace(course, stretch, axis, line) for line in lines for stretch in parts]
    end = len(course) - 1 if kind is Axis.AGE else int(parts[0].rows[-1])
    at = course["elapsed"].iloc[end] if kind is Axis.AGE else pd.Timedelta(parts[0].elapsed[-1])
    layout = _layout(axis) | (_fitted_axes(course, axis) if zoomed else {})
    labels = _end_labels(course.iloc[end], at, axis, lines, layout, colours)
    layout |= {"annotations": [*labels, *mark_words(axis, colours)], "shapes": mark_shapes(axis, colours)}
    return PlainFigure(traces, layout)


def takeaway(course: pd.DataFrame, *, is_final: bool, is_complete: bool) -> str:
    """What the figure says of a course, for those who cannot see it.

    course: as for course_figure(). is_final: whether its last point is. is_complete: whether the log begins with it.
    """
    first, last = course.iloc[0], course.iloc[-1]
    course_told = words(
        "Delivered goes from {delivered_first} to {delivered_last}, Bounces + errors from {failed_first} to "
        "{failed_last}, within {span}.",
        delivered_first=_percent(first["delivered_rate"]),
        delivered_last=_percent(last["delivered_rate"]),
        failed_first=_percent(first["bounces_errors_rate"]),
        failed_last=_percent(last["bounces_errors_rate"]),
        span=span_text(last["elapsed"]),
    )
    return f"{course_told} {_ending(is_final=is_final, is_complete=is_complete)}"


def _ending(*, is_final: bool, is_complete: bool) -> str:
    if not is_final:
        return words("This is not final yet.")
    return words("This is final.") if is_complete else words("The log is incomplete.")


def _trace(course: pd.DataFrame, stretch: Stretch, axis: TimeAxis, line: _Line) -> Part:
    percents = course[f"{line.column}_rate"].to_numpy(dtype=float)[stretch.rows] * 100
    return {
        "type": "scatter",
        "x": axis.places(stretch.elapsed, _DECIMALS),
        "y": [None if math.isnan(percent) else percent for percent in percents.round(_DECIMALS).tolist()],
        "customdata": course[line.column].to_numpy()[stretch.rows].tolist(),
        "name": words(stretch.look.name, line=line.name),
        "yaxis": line.y_axis,
        "mode": "lines",
        "line": {
            "shape": "hv",
            "color": line.colour,
            "width": stretch.look.width,
            "dash": stretch.look.dash,
        },
        "opacity": stretch.look.opacity,
        "hovertemplate": f"%{{y:.1f}}{PER_CENT} (%{{customdata:,}})",
        "showlegend": False,
    }


def _end_labels(
    last: pd.Series, at: timedelta, axis: TimeAxis, lines: tuple[_Line, _Line], layout: Part, colours: Colours
) -> list[Part]:
    """The lines' names with their values where what is known ends, within their plots and apart from each other."""
    told = [(line, last[f"{line.column}_rate"]) for line in lines if pd.notna(last[f"{line.column}_rate"])]
    return [
        {
            "text": f"<b>{line.name}</b><br>{_percent(share)}",
            "x": axis.place(min(at, axis.end)),
            "y": share * 100,
            "yref": line.y_axis,
            "xanchor": "left",
            "xshift": 6,
            "yanchor": "middle",
            "yshift": shift,
            "showarrow": False,
            "align": "left",
            "font": {"color": line.colour, "size": 13},
            "bgcolor": ground(colours.background),
            "borderpad": 0,
        }
        for (line, share), shift in zip(told, _shifts(told, layout), strict=True)
    ]


def _shifts(told: list[tuple[_Line, float]], layout: Part) -> list[float]:
    """How far each label stands above its line, in pixels."""
    percents = [share * 100 for _, share in told]
    scales = [_scale(layout, line.y_axis) for line, _ in told]
    if len({line.y_axis for line, _ in told}) == len(told):
        return [shift_of(percent, scale) for percent, scale in zip(percents, scales, strict=True)]
    upper, lower = shifts_of_pair(max(percents), min(percents), scales[0])
    return [upper, lower] if percents[0] >= percents[1] else [lower, upper]


def _scale(layout: Part, y_axis: str) -> Scale:
    axis = layout[y_axis.replace("y", "yaxis")]
    foot, top = axis.get("domain", [0, 1])
    low, high = axis["range"]
    return Scale(low, high, (top - foot) * (_HEIGHT - _BELOW - layout["margin"]["t"]))


def _layout(axis: TimeAxis) -> Part:
    return {
        "height": _HEIGHT,
        "hovermode": "x unified",
        "margin": {"l": 8, "r": 140, "t": height_above(axis), "b": _BELOW},
        "xaxis": axis.layout(),
        "yaxis": {"range": [0, 100], "ticksuffix": PER_CENT, "zeroline": False},
    }


def _fitted_axes(course: pd.DataFrame, axis: TimeAxis) -> Part:
    """Give each line a plot of its own that shows every move of it."""
    shown = course[course["elapsed"] <= axis.end]
    common = {"ticksuffix": PER_CENT, "zeroline": False}
    return {
        "yaxis": {"range": _fitted(shown["delivered_rate"]), "domain": _UPPER, **common},
        "yaxis2": {"range": _fitted(shown["bounces_errors_rate"]), "domain": _LOWER, "ticksuffix": PER_CENT},
        "xaxis": {**axis.layout(), "anchor": "y2"},
        "hoversubplots": "axis",
    }


def _fitted(shares: pd.Series) -> list[float]:
    """Bounds in percent that show every move of a line."""
    if shares.isna().all():
        return [0, 100]
    return fitted(shares.min() * 100, shares.max() * 100, _LEAST_ROOM, 100)


def _percent(share: float) -> str:
    return words("no share") if pd.isna(share) else share_text(share)
