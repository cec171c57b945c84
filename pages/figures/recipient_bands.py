"""The statuses of one address in each mode: lines below the events of its messages."""

from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from pages.figures.colours import Colours
from pages.figures.plain import Part
from pages.figures.recipient_rows import BANDS_AT, colour_of, seconds_since
from pages.i18n.times import times_text
from pages.i18n.words import words

_DASHES = {"Sent": "solid", "Failed": "5px,3px"}
_OTHER_DASH = "2px,3px"


@dataclass(frozen=True)
class StatusBand:
    """The status of the messages in a mode. spans: message_key, status (as stored), begins, ends, by time."""

    name: str
    """Of the mode, in the language spoken."""
    spans: pd.DataFrame


def band_lines(
    band: StatusBand,
    place: float,
    rows: dict[int, int],
    begins: pd.Series,
    colours: Colours,
    status_words: dict[str, str],
) -> list[Part]:
    """A line for each status: its spans, one after the other, with gaps between them."""
    spans = band.spans[band.spans["message_key"].isin(list(rows))]
    starts, ends = (seconds_since(begins, spans[name], spans["message_key"]) for name in ("begins", "ends"))
    traces = []
    for status, of_status in spans.groupby("status", sort=False):
        times = zip(of_status["message_key"], of_status["begins"], of_status["ends"], strict=True)
        texts = [
            escape(f"{band.name}: {status_words[str(status)]}, {times_text(begun, ended)}") for _, begun, ended in times
        ]
        heights = (place - of_status["message_key"].map(rows)).tolist()
        traces.append(
            {
                "type": "scatter",
                "x": _with_gaps(starts[of_status.index].tolist(), ends[of_status.index].tolist()),
                "y": _with_gaps(heights, heights),
                "mode": "lines",
                "line": _line_of(str(status), colours),
                "hovertext": _with_gaps(texts, texts),
                "hoverinfo": "text",
                "legendgroup": status,
                "showlegend": False,
            }
        )
    return traces


def status_legend(
    bands: tuple[StatusBand, ...], rows: dict[int, int], colours: Colours, status_words: dict[str, str]
) -> list[Part]:
    """What is drawn for each status, told once for all modes: no lines but their entries in the legend."""
    spans = pd.concat([band.spans for band in bands])
    statuses = spans.loc[spans["message_key"].isin(list(rows)), "status"].unique()
    return [
        {
            "type": "scatter",
            "x": [None],
            "y": [None],
            "mode": "lines",
            "line": _line_of(str(status), colours),
            "name": escape(words("Status: {status}", status=status_words[str(status)])),
            "legendgroup": status,
        }
        for status in statuses
    ]


def _line_of(status: str, colours: Colours) -> Part:
    return {"width": 7, "color": colour_of(status, colours), "dash": _DASHES.get(status, _OTHER_DASH)}


def _with_gaps(begins: list[Any], ends: list[Any]) -> list[Any]:
    """Pairs with nothing between them, as plotly has lines that are not joined."""
    return [end for pair in zip(begins, ends, strict=True) for end in (*pair, None)]


def last_statuses(
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
        for place, band in zip(BANDS_AT, bands, strict=True)
        for key, status in band.spans.groupby("message_key")["status"].last().items()
        if key in rows
    ]
