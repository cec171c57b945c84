"""What people noted, on time axes other than that of a delivery's course."""

import json
from datetime import datetime, timedelta

import pandas as pd
import pytest

from data.notes import annotate
from pages.figures.colours import LIGHT
from pages.figures.course import course_figure
from pages.figures.engagement_hours import Bars, hours_figure
from pages.figures.heat_map import heat_map, hour_columns
from pages.figures.tile_clock import clock_figure
from pages.figures.time_axis import Axis, Marks, Note
from pages.session.store import opened_store
from tests.pages.conftest import Opened, opened_page
from tests.pages.logs import SETTLING_LOG

_START = datetime.fromisoformat("2026-03-02T08:00")
_HOUR = timedelta(hours=1)


def test_the_hours_of_the_heat_map_place_what_is_noted() -> None:
    """Within its hour, between two where its own has no column, and nowhere before the first or after the last."""
    ruler = hour_columns(_START, [2, 3, 6])
    places = {
        minutes: ruler.place(ruler.along(_START + timedelta(minutes=minutes))) for minutes in (60, 90, 120, 200, 330)
    }
    assert places == {60: -0.5, 90: 0, 120: 0.5, 200: 1.5, 330: 2}
    cells = pd.DataFrame([{"row": 0, "column": 0, "rate": 0.5, "told": "a", "is_incident": False}])
    hours = [Note(_START + _HOUR * hour, None, f"at {hour}") for hour in (0.5, 1.5, 7)]
    times = [Note(_START, _START + _HOUR / 2, "before"), Note(_START + 4 * _HOUR, _START + 90 * _HOUR, "long")]
    plain, figure = (
        heat_map(cells, ["a"], [("1", "")] * 3, LIGHT, "Hours", ruler, notes).checked().layout
        for notes in ([], [*hours, *times])
    )
    assert [(note.text, note.x) for note in figure.annotations] == [("<i>at 1.5</i>", 0), ("<i>long</i>", 1.5)]
    assert [(shape.type, shape.x0, shape.x1) for shape in figure.shapes] == [("rect", 1.5, 2.5), ("line", 0, 0)]
    assert figure.height - plain.height == figure.margin.t - plain.margin.t > 0


def test_what_is_noted_near_the_end_runs_inwards() -> None:
    """Its word would be cut off, or stand under the toolbar; no word of another mark stands in its way."""
    course = pd.DataFrame({"elapsed": pd.to_timedelta([0, 10], "h"), "delivered": [0, 1], "bounces_errors": [0, 0]})
    course = course.assign(delivered_rate=[0.0, 1.0], bounces_errors_rate=[0.0, 0.0])
    end = _START + 10 * _HOUR
    notes = tuple(Note(_START + _HOUR * hour, None, f"at {hour}") for hour in (2, 9.5))
    marks = Marks(_START, _START + _HOUR, end, end, end, end, is_final=True, annotations=notes)
    layout = course_figure(course, marks, Axis.SEND, LIGHT, 10 * _HOUR).checked().layout
    words = {note.text: note for note in layout.annotations}
    assert [words[f"<i>at {hour}</i>"].xanchor for hour in (2, 9.5)] == ["left", "right"]
    assert words["chosen moment"].xanchor == "left"
    rows = [(note.yshift, note.x) for note in layout.annotations if note.yref == "paper"]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("is_by_hour", [True, False])
def test_opens_and_clicks_show_what_is_noted(is_by_hour: bool) -> None:
    """At its moment on the clock, above the plots' titles, as far as the axis is shown."""
    hours = pd.DataFrame({"hour": pd.to_datetime([_START, _START + 3 * _HOUR]), "opened": [3, 1]})
    course = hours.rename(columns={"hour": "at"}).assign(clicked=0, opened_shown=0, clicked_shown=0)
    notes = [Note(_START + _HOUR, None, "outage"), Note(_START + 90 * _HOUR, None, "far")]
    titles = ("Opened", "Clicked")
    figure = (
        hours_figure(hours, [Bars("opened", "Opened", upper=True)], titles, LIGHT, _START + 3 * _HOUR, notes)
        if is_by_hour
        else clock_figure(course, titles, LIGHT, notes)
    )
    layout = figure.checked().layout
    heights = {note.text: note.yshift for note in layout.annotations}
    assert heights.keys() == {"<b>Opened</b>", "<b>Clicked</b>", "<i>outage</i>"}
    assert heights["<i>outage</i>"] > heights["<b>Opened</b>"] + 13
    assert [shape.x0 for shape in layout.shapes] == [_START + _HOUR]


def test_the_heat_map_of_failures_shows_what_is_noted(page: Opened) -> None:
    """Of the delivery and of all, whatever its hours are named by: here half an hour after the send."""
    page(SETTLING_LOG, page="failures", section="hours", delivery="DM1")
    annotate(opened_store(), None, _START + _HOUR / 2, None, "outage")
    for axis in ("send", "clock"):
        at = opened_page("failures", section="hours", hours=axis, delivery="DM1")
        layout = json.loads(at.get("plotly_chart")[0].proto.spec)["layout"]
        assert [(note["text"], note["x"]) for note in layout["annotations"]] == [("<i>outage</i>", 0)]
