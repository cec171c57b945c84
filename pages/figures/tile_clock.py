"""Opens and clicks on the tile's clock beside the true one."""

from collections.abc import Sequence

import pandas as pd

from pages.figures.colours import Colours
from pages.figures.engagement import two_plots
from pages.figures.plain import PlainFigure
from pages.figures.time_axis import Note
from pages.i18n.words import words


def clock_figure(
    course: pd.DataFrame, titles: tuple[str, str], colours: Colours, notes: Sequence[Note] = ()
) -> PlainFigure:
    """Two plots above each other, each with what is told as a line and what the tile shows as dashed steps below it.

    course: at (UTC), opened, clicked, opened_shown, clicked_shown. notes: what is noted of the delivery.
    """
    moments = [moment.to_pydatetime() for moment in course["at"]]
    lines = (
        ("opened", words("True clock"), "solid", colours.delivered, "y"),
        ("opened_shown", words("Tile's clock"), "dash", colours.text, "y"),
        ("clicked", words("True clock"), "solid", colours.delivered, "y2"),
        ("clicked_shown", words("Tile's clock"), "dash", colours.text, "y2"),
    )
    traces = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": moments,
            "y": course[column].tolist(),
            "name": label,
            "legendgroup": label,
            "showlegend": plot == "y",
            "yaxis": plot,
            "line": {"shape": "hv", "color": colour, "dash": dash, "width": 2},
            "hovertemplate": "%{y:,}",
        }
        for column, label, dash, colour, plot in lines
    ]
    return PlainFigure(traces, two_plots(titles, colours, moments[0], moments[-1], notes))
