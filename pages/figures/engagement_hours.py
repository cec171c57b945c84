"""Opens and clicks by hour."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd

from pages.figures.colours import Colours
from pages.figures.engagement import engagement_bar, two_plots
from pages.figures.plain import PlainFigure
from pages.figures.time_axis import Note
from pages.i18n.formats import moment_text
from pages.i18n.words import words

_HALF_HOUR = timedelta(minutes=30)
_NEARLY_ALL = 0.97
_HOUR_MILLISECONDS = 3_600_000


@dataclass(frozen=True)
class Bars:
    """Bars of one kind. column: of the frame; upper: in the upper plot; hatched: set apart from those they stand on."""

    column: str
    label: str
    upper: bool
    hatched: bool = False


def hours_figure(
    hours: pd.DataFrame,
    bars: Sequence[Bars],
    titles: tuple[str, str],
    colours: Colours,
    last: datetime,
    notes: Sequence[Note] = (),
) -> PlainFigure:
    """Two plots above each other, with bars that stand on each other, one per hour.

    hours: hour (where it begins, UTC) and the columns of the bars. last: the last hour shown at first.
    notes: what is noted of the delivery.
    A mark's customdata is the hour in ISO's words.
    """
    moments = [hour.to_pydatetime() for hour in hours["hour"]]
    traces = [
        {
            "type": "bar",
            "x": [moment + _HALF_HOUR for moment in moments],
            "y": hours[one.column].tolist(),
            "width": _HOUR_MILLISECONDS * 0.9,
            "customdata": [moment.isoformat() for moment in moments],
            "name": one.label,
            "showlegend": one.upper,
            "yaxis": "y" if one.upper else "y2",
            "marker": engagement_bar(colours, hatched=one.hatched),
            "hovertemplate": "%{y:,}",
        }
        for one in bars
    ]
    layout = two_plots(titles, colours, moments[0] - _HALF_HOUR, last + 3 * _HALF_HOUR, notes)
    return PlainFigure(traces, layout | {"barmode": "stack"})


def most_of(hours: pd.DataFrame, column: str) -> datetime:
    """The hour by whose end nearly all of a column is told."""
    sums = hours[column].cumsum().to_numpy()
    last: datetime = hours["hour"].iloc[int(sums.searchsorted(sums[-1] * _NEARLY_ALL))].to_pydatetime()
    return last


def busiest_hour(hours: pd.DataFrame, column: str) -> str:
    """What the bars of a column say: when most of them were."""
    busiest = hours.iloc[int(hours[column].to_numpy().argmax())]
    return words(
        "The busiest hour began {moment}: {count}.", moment=moment_text(busiest["hour"]), count=int(busiest[column])
    )
