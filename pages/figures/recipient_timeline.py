"""What happened to one address: a row per message, with its events, and its status in both modes below them."""

import math
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

import pandas as pd

from pages.figures.colours import Colours
from pages.figures.plain import Part, PlainFigure
from pages.i18n.formats import day_text, moment_text
from pages.i18n.words import phrase, words

_ROW_PIXELS = 84
_TOP, _BOTTOM, _RIGHT = 56, 56, 190
_PLOT_PIXELS = 430
"""Of the narrowest plot, to tell which labels find room."""
_LETTER_PIXELS = 7
_LONGEST_LABEL = 30
_FIRST, _MARGIN = 1, 1.6
"""The axis begins at a second, and goes on so many times beyond the last one told."""
_EVENTS_AT, _BANDS_AT = 0.12, (-0.16, -0.34)
_TICKS = {
    1: "1 s",
    10: "10 s",
    60: "1 min",
    600: "10 min",
    3600: "1 h",
    36_000: "10 h",
    360_000: "100 h",
    3_600_000: "1000 h",
    36_000_000: "10000 h",
}
_SYMBOLS = {
    "targeted": "line-ns-open",
    "relayed": "circle-open",
    "deferred": "triangle-up",
    "delivered": "circle",
    "bounced": "x",
    "expired": "hourglass",
    "failed": "x-open",
    "rejected": "octagon",
    "cancelled": "square-x-open",
    "opened": "square",
    "clicked": "star",
}
_OTHER_SYMBOL = "diamond"
_LABELLED_LAST = ("deferred", "relayed")
"""Most rows have the one over and over, and all have the other at their beginning."""
_DASHES = {"Sent": "solid", "Failed": "5px,3px"}
_OTHER_DASH = "2px,3px"


@dataclass(frozen=True)
class StatusBand:
    """The status of the messages in a mode. spans: message_key, status (as stored), begins, ends, by time."""

    name: str
    """Of the mode, in the language spoken."""
    spans: pd.DataFrame


def timeline_figure(
    messages: pd.DataFrame,
    events: pd.DataFrame,
    bands: tuple[StatusBand, ...],
    colours: Colours,
    status_words: dict[str, str],
) -> PlainFigure:
    """Draw events by the time since the first one of their message, on a logarithmic axis from a second on.

    messages: a row per row of the figure, the topmost first, with message_key, delivery (its label) and started_at.
    events: message_key, event_time, kind, kind_words, label (what stands beside the symbol), told (what is told on
    hover, as text); by time. status_words: the statuses in the language spoken.
    """
    begins = _beginnings(events, bands)
    rows = dict(zip(messages["message_key"], range(len(messages)), strict=True))
    last = max((_seconds(band.spans["ends"], band.spans["message_key"], begins).max() for band in bands), default=1)
    placed = events.assign(
        seconds=_seconds(events["event_time"], events["message_key"], begins), row=events["message_key"].map(rows)
    )
    end = max(60, placed["seconds"].max(), 1 if math.isnan(last) else last) * _MARGIN
    traces = [_symbols(kind, told, end, colours) for kind, told in _labelled(placed, end).groupby("kind", sort=False)]
    for place, band in zip(_BANDS_AT, bands, strict=True):
        traces += _band(band, place, rows, begins, colours, status_words)
    return PlainFigure(
        traces, _layout(messages, end) | {"annotations": _last_statuses(bands, rows, colours, status_words)}
    )


def _beginnings(events: pd.DataFrame, bands: tuple[StatusBand, ...]) -> pd.Series:
    """When each message is first heard of."""
    firsts: list[pd.Series] = [events.groupby("message_key")["event_time"].min()]
    firsts += [band.spans.groupby("message_key")["begins"].min() for band in bands]
    begins: pd.Series = pd.concat(firsts).groupby(level=0).min()
    return begins


def _seconds(moments: pd.Series, keys: pd.Series, begins: pd.Series) -> pd.Series:
    """Seconds since the message's beginning, as the axis has them: one at least."""
    return (moments - keys.map(begins)).dt.total_seconds().clip(lower=_FIRST)


def _labelled(events: pd.DataFrame, end: float) -> pd.DataFrame:
    """The events with the labels that find room; what became of the message comes first."""
    taken: dict[int, list[tuple[float, float]]] = {row: [] for row in events["row"]}
    later = {kind: place for place, kind in enumerate(_LABELLED_LAST, 1)}
    ordered = events["kind"].map(lambda kind: later.get(kind, 0)).sort_values(kind="stable").index
    shown = pd.Series("", index=events.index)
    for index in ordered:
        row, seconds, label = events.loc[index, ["row", "seconds", "label"]]
        left, right = _extent(label, seconds, end)
        if all(right < other_left or left > other_right for other_left, other_right in taken[row]):
            taken[row].append((left, right))
            shown[index] = escape(label)
    return events.assign(shown=shown)


def _extent(label: str, seconds: float, end: float) -> tuple[float, float]:
    """From where to where a label reaches, in pixels."""
    place, width = math.log(seconds) / math.log(end) * _PLOT_PIXELS, len(label) * _LETTER_PIXELS
    return {
        "top right": (place, place + width),
        "top left": (place - width, place),
        "top center": (place - width / 2, place + width / 2),
    }[_position(seconds, end)]


def _position(seconds: float, end: float) -> str:
    """Where a label stands, so that it stays within the plot."""
    if seconds <= _FIRST:
        return "top right"
    return "top left" if seconds > end / _MARGIN**2 else "top center"


def _symbols(kind: object, events: pd.DataFrame, end: float, colours: Colours) -> Part:
    return {
        "type": "scatter",
        "x": events["seconds"].tolist(),
        "y": (_EVENTS_AT - events["row"]).tolist(),
        "mode": "markers+text",
        "text": events["shown"].tolist(),
        "textposition": [_position(seconds, end) for seconds in events["seconds"]],
        "textfont": {"size": 11, "color": colours.text},
        "marker": {
            "symbol": _SYMBOLS.get(str(kind), _OTHER_SYMBOL),
            "size": 11,
            "color": _colour(str(kind), colours),
            "line": {"width": 1.5, "color": _colour(str(kind), colours)},
        },
        "name": events["kind_words"].iloc[0],
        "hovertext": [escape(told).replace("\n", "<br>") for told in events["told"]],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _colour(name: str, colours: Colours) -> str:
    """The colour of the state that an event leads to, or of a status."""
    states = {
        "delivered": colours.delivered,
        "Sent": colours.delivered,
        "deferred": colours.retrying,
        "bounced": colours.failed,
        "failed": colours.failed,
        "Failed": colours.failed,
        "expired": colours.expired,
        "relayed": colours.in_flight,
        "targeted": colours.in_flight,
        "Pending": colours.in_flight,
    }
    return states.get(name, colours.text)


def _band(
    band: StatusBand,
    place: float,
    rows: dict[int, int],
    begins: pd.Series,
    colours: Colours,
    status_words: dict[str, str],
) -> list[Part]:
    """A line for each status: its spans, one after the other, with gaps between them."""
    spans = band.spans[band.spans["message_key"].isin(list(rows))]
    starts, ends = (_seconds(spans[name], spans["message_key"], begins) for name in ("begins", "ends"))
    traces = []
    for status, of_status in spans.groupby("status", sort=False):
        times = zip(of_status["message_key"], of_status["begins"], of_status["ends"], strict=True)
        texts = [
            escape(f"{band.name}: {status_words[str(status)]}, {_from_to(begun, ended)}") for _, begun, ended in times
        ]
        heights = (place - of_status["message_key"].map(rows)).tolist()
        traces.append(
            {
                "type": "scatter",
                "x": _with_gaps(starts[of_status.index].tolist(), ends[of_status.index].tolist()),
                "y": _with_gaps(heights, heights),
                "mode": "lines",
                "line": {
                    "width": 7,
                    "color": _colour(str(status), colours),
                    "dash": _DASHES.get(str(status), _OTHER_DASH),
                },
                "hovertext": _with_gaps(texts, texts),
                "hoverinfo": "text",
                "showlegend": False,
            }
        )
    return traces


def _with_gaps(begins: list[Any], ends: list[Any]) -> list[Any]:
    """Pairs with nothing between them, as plotly has lines that are not joined."""
    return [end for pair in zip(begins, ends, strict=True) for end in (*pair, None)]


def _from_to(begins: datetime, ends: datetime) -> str:
    return words("{begins} to {ends}", begins=moment_text(begins), ends=moment_text(ends))


def _last_statuses(
    bands: tuple[StatusBand, ...], rows: dict[int, int], colours: Colours, status_words: dict[str, str]
) -> list[Part]:
    """The statuses that the messages have in the end, beside their lines."""
    return [
        {
            "text": escape(f"{band.name}: {status_words[status]}"),
            "x": 1,
            "xref": "paper",
            "xanchor": "left",
            "xshift": 6,
            "y": place - rows[key],
            "yanchor": "middle",
            "showarrow": False,
            "font": {"size": 12, "color": colours.text},
        }
        for place, band in zip(_BANDS_AT, bands, strict=True)
        for key, status in band.spans.groupby("message_key")["status"].last().items()
        if key in rows
    ]


def _layout(messages: pd.DataFrame, end: float) -> Part:
    names = [
        f"{escape(_shortened(label))}<br>{day_text(started_at)}"
        for label, started_at in zip(messages["delivery"], messages["started_at"], strict=True)
    ]
    ticks = {seconds: text for seconds, text in _TICKS.items() if seconds <= end}
    return {
        "height": _TOP + _BOTTOM + _ROW_PIXELS * len(names),
        "margin": {"l": 8, "r": _RIGHT, "t": _TOP, "b": _BOTTOM},
        "hovermode": "closest",
        "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "yref": "paper"},
        "xaxis": {
            "type": "log",
            "range": [-0.05, math.log10(end)],
            "title": {"text": words(_AXIS)},
            "tickvals": list(ticks),
            "ticktext": list(ticks.values()),
            "zeroline": False,
        },
        "yaxis": {
            "range": [0.55 - len(names), 0.55],
            "tickvals": [_EVENTS_AT / 2 - row for row in range(len(names))],
            "ticktext": names,
            "showgrid": False,
            "zeroline": False,
            "automargin": True,
        },
    }


_AXIS = phrase("Time since the message is first heard of (logarithmic)")


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST_LABEL else f"{text[: _LONGEST_LABEL - 1].rstrip()}…"
