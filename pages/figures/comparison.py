"""A delivery among others over the hours since their sends: their range, their median, and its own course."""

from datetime import timedelta
from html import escape

import pandas as pd

from pages.figures.colours import Colours, translucent
from pages.figures.comparison_seen import Seen, end_of, fitted_shares
from pages.figures.mark_drawing import Ruler
from pages.figures.noted import with_notes
from pages.figures.plain import Part, PlainFigure
from pages.i18n.formats import PER_CENT, number_text, share_text
from pages.i18n.words import words

_HOUR = timedelta(hours=1)
_DECIMALS = 4
_BAND_OPACITY = 0.22


def comparison_figure(seen: Seen, colours: Colours, *, zoomed: bool = True) -> PlainFigure:
    """Step lines; the delivery's own dotted after the chosen moment. zoomed: both axes fitted to what happens."""
    end = end_of(seen, zoomed=zoomed)
    known, later = seen.parted()
    traces = [
        *_band(seen, colours),
        *(_line(course, escape(label), colours.in_flight, 1, opacity=0.7) for label, course in seen.others),
        _line(seen.band.rename(columns={"median": "share"}), words("Median"), colours.text, 1.5, dash="dash"),
        _line(later, words("This delivery, later"), seen.colour, 2.5, dash="dot", opacity=0.6),
        _line(known, words("This delivery"), seen.colour, 3),
        _end_mark(known, seen.colour),
    ]
    estimate = [_estimate(seen.projected, seen, end)] if seen.projected else []
    hours = Ruler(lambda moment: moment - seen.started_at, end * _HOUR, lambda along: along / _HOUR)
    layout = with_notes(_layout(seen, end, colours, zoomed=zoomed), seen.notes, hours, colours)
    return PlainFigure([*traces, *estimate], layout)


def _line(
    course: pd.DataFrame, name: str, colour: str, width: float, *, dash: str = "solid", opacity: float = 1
) -> Part:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": course["hours"].round(_DECIMALS).tolist(),
        "y": _percents(course["share"]),
        "name": name,
        "line": {"shape": "hv", "color": colour, "width": width, "dash": dash},
        "opacity": opacity,
        "showlegend": False,
        "hovertemplate": f"%{{y:.1f}}{PER_CENT}, %{{x:.2f}} h",
    }


def _band(seen: Seen, colours: Colours) -> list[Part]:
    """The range of the others: the space between two lines that are not seen."""
    edges = [
        _line(seen.band.rename(columns={edge: "share"}), words("Range"), colours.in_flight, 0)
        for edge in ("low", "high")
    ]
    edges[1] |= {"fill": "tonexty", "fillcolor": translucent(colours.in_flight, _BAND_OPACITY)}
    return [edge | {"hoverinfo": "skip", "hovertemplate": None} for edge in edges]


def _end_mark(known: pd.DataFrame, colour: str) -> Part:
    return _line(known.tail(1), words("This delivery"), colour, 0) | {
        "mode": "markers",
        "marker": {"color": colour, "size": 9},
    }


def _estimate(projected: tuple[float, float, float], seen: Seen, end: float) -> Part:
    """The final share as an open mark at the end of the axis, with its range."""
    low, median, high = (round(share * 100, _DECIMALS) for share in projected)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [end],
        "y": [median],
        "name": words("Final, estimated"),
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [high - median],
            "arrayminus": [median - low],
            "color": seen.colour,
            "thickness": 1.5,
        },
        "marker": {"symbol": "diamond-open", "size": 11, "color": seen.colour, "line": {"width": 2}},
        "cliponaxis": False,
        "showlegend": False,
        "hovertemplate": f"{number_text(low)} – {number_text(median)} – {number_text(high)}{PER_CENT}",  # noqa: RUF001
    }


def _layout(seen: Seen, end: float, colours: Colours, *, zoomed: bool) -> Part:
    return {
        "height": 440,
        "hovermode": "closest",
        "margin": {"l": 8, "r": 150, "t": 24, "b": 48},
        "xaxis": {"title": {"text": words("Hours since the send")}, "range": [0, end], "showgrid": False},
        "yaxis": {
            "range": fitted_shares(seen, end) if zoomed else [0, 100],
            "ticksuffix": PER_CENT,
            "zeroline": False,
            "title": {"text": escape(seen.name)},
        },
        "annotations": _labels(seen, colours),
    }


def _labels(seen: Seen, colours: Colours) -> list[Part]:
    """The names of the lines beside the plot with their values at the chosen moment, the highest first."""
    known, _ = seen.parted()
    named = [
        (known["share"].tail(1).tolist(), words("This delivery"), seen.colour),
        (
            seen.band.loc[seen.band["hours"] <= seen.at, "median"].tail(1).tolist(),
            words("Median of the others"),
            colours.text,
        ),
        (list(seen.projected[1:2] if seen.projected else ()), words("Final, estimated"), seen.colour),
    ]
    told = sorted(((*shares, name, colour) for shares, name, colour in named if pd.notna(shares).any()), reverse=True)
    return [
        {
            "text": f"<b>{name}</b><br>{share_text(share)}",
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 14,
            "y": 0.98 - 0.16 * place,
            "yref": "paper",
            "yanchor": "top",
            "align": "left",
            "showarrow": False,
            "font": {"color": colour, "size": 13},
        }
        for place, (share, name, colour) in enumerate(told)
    ]


def _percents(shares: pd.Series) -> list[float | None]:
    return [None if pd.isna(share) else round(share * 100, _DECIMALS) for share in shares.tolist()]
