"""What happened to one address: a row per message, with its events, and its status in both modes below them."""

import math
from html import escape

import pandas as pd

from pages.figures.colours import Colours
from pages.figures.labels import shortened
from pages.figures.plain import Part, PlainFigure
from pages.figures.recipient_bands import StatusBand, band_lines, last_statuses, status_legend
from pages.figures.recipient_events import event_marks
from pages.figures.recipient_rows import BANDS_AT, EVENTS_AT, MARGIN, seconds_since
from pages.i18n.formats import day_text
from pages.i18n.words import phrase, words

_ROW_PIXELS = 84
_TOP, _BOTTOM, _RIGHT = 56, 56, 190
_LONGEST_LABEL = 30
_AXIS = phrase("Time since the message is first heard of (logarithmic)")
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
    last = max(
        (seconds_since(begins, band.spans["ends"], band.spans["message_key"]).max() for band in bands), default=1
    )
    placed = events.assign(
        seconds=seconds_since(begins, events["event_time"], events["message_key"]), row=events["message_key"].map(rows)
    )
    end = max(60, placed["seconds"].max(), 1 if math.isnan(last) else last) * MARGIN
    traces = event_marks(placed, end, colours)
    for place, band in zip(BANDS_AT, bands, strict=True):
        traces += band_lines(band, place, rows, begins, colours, status_words)
    traces += status_legend(bands, rows, colours, status_words)
    return PlainFigure(
        traces, _layout(messages, end) | {"annotations": last_statuses(bands, rows, colours, status_words)}
    )


def _beginnings(events: pd.DataFrame, bands: tuple[StatusBand, ...]) -> pd.Series:
    """When each message is first heard of."""
    firsts: list[pd.Series] = [events.groupby("message_key")["event_time"].min()]
    firsts += [band.spans.groupby("message_key")["begins"].min() for band in bands]
    begins: pd.Series = pd.concat(firsts).groupby(level=0).min()
    return begins


def _layout(messages: pd.DataFrame, end: float) -> Part:
    names = [
        f"{escape(shortened(label, _LONGEST_LABEL))}<br>{day_text(started_at)}"
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
            "tickvals": [EVENTS_AT / 2 - row for row in range(len(names))],
            "ticktext": names,
            "showgrid": False,
            "zeroline": False,
            "automargin": True,
        },
    }
