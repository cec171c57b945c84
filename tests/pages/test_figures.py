"""Figures are tested by the frame that feeds them."""

from dataclasses import replace
from datetime import datetime, timedelta

import pandas as pd
import plotly.graph_objects as go
import pytest

from pages.figures.colours import DARK, LIGHT, colours_of
from pages.figures.course import course_figure, takeaway
from pages.figures.end_labels import LABEL_PIXELS
from pages.figures.points import MOST_POINTS, last_change, sampled, thinned, with_row
from pages.figures.time_axis import Axis, Marks, Note, is_better_zoomed

_START = datetime.fromisoformat("2026-03-02T08:00")
_HOUR = timedelta(hours=1)


def _marks(chosen_hours: float = 3, *, is_final: bool = False) -> Marks:
    return Marks(
        started_at=_START,
        relayed_until=_START + 0.5 * _HOUR,
        ended_at=_START + 84.5 * _HOUR,
        late_bounces_until=_START + 168 * _HOUR,
        observed_until=_START + 3 * _HOUR,
        chosen=_START + chosen_hours * _HOUR,
        is_final=is_final,
    )


def _course(delivered: list[float], failed: list[float], hours: list[float] | None = None) -> pd.DataFrame:
    hours = hours or [float(hour) for hour in range(len(delivered))]
    return pd.DataFrame(
        {
            "elapsed": pd.to_timedelta(hours, unit="h"),
            "delivered": [100 * share for share in delivered],
            "bounces_errors": [100 * share for share in failed],
            "delivered_rate": delivered,
            "bounces_errors_rate": failed,
        }
    )


_GROWING = _course([0, 0.5, 0.9, 0.95], [0, 0.1, 0.04, 0.05])


def _hours(points: pd.DataFrame) -> list[float]:
    return [seconds / 3600 for seconds in points["elapsed"].dt.total_seconds()]


def _figure(course: pd.DataFrame, marks: Marks, axis: Axis, *, zoomed: bool = False) -> go.Figure:
    """The figure, held against what plotly knows."""
    return course_figure(course, marks, axis, LIGHT, last_change(course), zoomed=zoomed).checked()


def _texts(figure: go.Figure) -> list[str]:
    return [annotation.text for annotation in figure.layout.annotations]


def test_the_lines_are_steps_in_percent() -> None:
    """A share stays what it is until it changes."""
    figure = _figure(_GROWING, _marks(is_final=True), Axis.SEND)
    delivered, failed = figure.data
    assert list(delivered.y) == pytest.approx([0, 50, 90, 95])
    assert list(delivered.x) == [0, 1, 2, 3]
    assert {delivered.line.shape, failed.line.shape} == {"hv"}
    assert (delivered.line.color, failed.line.color) == (LIGHT.delivered, LIGHT.failed)
    assert tuple(figure.layout.yaxis.range) == (0, 100)


def test_what_is_not_final_is_dotted_up_to_the_validity_end() -> None:
    """While messages are open, the last value goes on, dotted and faint, to the end of the validity period."""
    figure = _figure(_GROWING, _marks(), Axis.SEND)
    solid, dotted = figure.data[:2]
    assert solid.line.dash == "solid"
    assert (dotted.line.dash, dotted.x[0], dotted.x[-1]) == ("dot", 3, 84.5)
    assert dotted.opacity < 0.5
    assert dotted.name == "Delivered, last known"
    assert dotted.y[-1] == pytest.approx(95)


def test_a_final_delivery_seen_from_its_end_has_no_dots() -> None:
    """Nothing is open, so nothing looks open."""
    figure = _figure(_GROWING, _marks(is_final=True), Axis.SEND)
    assert [trace.name for trace in figure.data] == ["Delivered", "Bounces + errors"]


def test_what_came_after_the_chosen_moment_is_dotted() -> None:
    """The parts meet at the chosen moment, between two points."""
    known, later = _figure(_GROWING, _marks(1.5, is_final=True), Axis.SEND).data[:2]
    assert list(known.x) == [0, 1, 1.5]
    assert list(later.x) == [1.5, 2, 3]
    assert list(later.y) == pytest.approx([50, 90, 95])
    assert list(later.customdata) == pytest.approx([50, 90, 95])


def test_by_age_only_what_every_message_has_lived_is_solid() -> None:
    """The last message was relayed half an hour after the first, so it is known for two hours and a half."""
    known, later = _figure(_GROWING, _marks(is_final=True), Axis.AGE).data[:2]
    assert list(known.x) == [0, 1, 2, 2.5]
    assert list(later.x) == [2.5, 3]


@pytest.mark.parametrize("axis", list(Axis))
def test_both_marks_are_on_every_time_axis(axis: Axis) -> None:
    """Validity end and the end of the late-bounce window can be seen without scrolling."""
    figure = _figure(_GROWING, _marks(), axis)
    start, end = figure.layout.xaxis.range
    places = {note.text: note.x for note in figure.layout.annotations}
    assert start < places["validity end"] < places["late bounces end"] <= end


def test_the_clock_axis_shows_moments() -> None:
    """On the clock axis a point stands at its moment, and the axis names the zone."""
    figure = _figure(_GROWING, _marks(is_final=True), Axis.CLOCK)
    assert figure.data[0].x[1] == "2026-03-02T09:00:00.000"
    assert "UTC" in figure.layout.xaxis.title.text


def test_the_relay_is_shaded_and_the_chosen_moment_marked() -> None:
    """From the start to the last relay, below the lines."""
    figure = _figure(_GROWING, _marks(2), Axis.SEND)
    boxes = [shape for shape in figure.layout.shapes if shape.type == "rect"]
    assert [(box.x0, box.x1, box.layer) for box in boxes] == [(0, 0.5, "below")]
    assert 2 in [shape.x0 for shape in figure.layout.shapes if shape.type == "line"]
    assert {"relay", "chosen moment"} <= set(_texts(figure))


def test_words_close_together_stand_in_rows_of_their_own() -> None:
    """Chosen moment and start are close on an axis of a week."""
    figure = _figure(_GROWING, _marks(2), Axis.SEND)
    rows = {note.text: note.yshift for note in figure.layout.annotations}
    assert rows["relay"] != rows["chosen moment"]
    assert rows["validity end"] == rows["late bounces end"] == 0


def test_lines_are_named_where_they_end() -> None:
    """Direct labels instead of a legend, with the last value."""
    texts = _texts(_figure(_GROWING, _marks(), Axis.SEND))
    assert "<b>Delivered</b><br>95.0\xa0%" in texts
    assert "<b>Bounces + errors</b><br>5.0\xa0%" in texts


def test_the_label_says_the_value_at_the_chosen_moment() -> None:
    """The tile's number, where the solid line ends."""
    figure = _figure(_GROWING, _marks(1), Axis.SEND)
    notes = {note.text: note.x for note in figure.layout.annotations}
    assert notes["<b>Delivered</b><br>50.0\xa0%"] == 1


@pytest.mark.parametrize("zoomed", [True, False])
def test_the_chosen_moment_and_the_data_end_are_always_shown(zoomed: bool) -> None:
    """However far the data reach."""
    late = replace(_marks(400), observed_until=_START + 500 * _HOUR)
    figure = _figure(_GROWING, late, Axis.SEND, zoomed=zoomed)
    end = figure.layout.xaxis.range[1]
    places = [note.x for note in figure.layout.annotations if note.text.startswith(("chosen", "data end"))]
    assert len(places) == 2
    assert max(places) <= end


def test_a_young_delivery_is_better_zoomed() -> None:
    """Less than a tenth of the validity period is observed, or all moved within a tenth of the axis."""
    old = replace(_marks(), observed_until=_START + 168 * _HOUR)
    assert is_better_zoomed(_marks(), 3 * _HOUR)
    assert is_better_zoomed(old, last_change(_GROWING))
    assert not is_better_zoomed(old, 30 * _HOUR)


def test_labels_of_close_lines_are_kept_apart() -> None:
    """Two lines that end together do not write over each other."""
    figure = _figure(_course([0, 0.5], [0, 0.48]), _marks(), Axis.SEND)
    shifts = [note.yshift for note in figure.layout.annotations if note.text.startswith("<b>")]
    assert shifts[0] > 0 > shifts[1]


@pytest.mark.parametrize("zoomed", [True, False])
@pytest.mark.parametrize("delivered", [[0.0, 0.0], [0.0, 0.93], [1.0, 1.0], [0.99, 0.5]])
def test_labels_stay_within_their_plots(delivered: list[float], zoomed: bool) -> None:
    """Neither over the words above nor over the ticks below, wherever the lines end."""
    course = _course(delivered, [0.0, 1 - delivered[1]])
    layout = _figure(course, _marks(), Axis.SEND, zoomed=zoomed).layout
    for note in (note for note in layout.annotations if note.text.startswith("<b>")):
        axis = layout.yaxis2 if note.yref == "y2" else layout.yaxis
        foot, top = axis.domain or (0, 1)
        pixels = (top - foot) * (layout.height - layout.margin.t - layout.margin.b)
        place = (note.y - axis.range[0]) / (axis.range[1] - axis.range[0]) * pixels + note.yshift
        assert -0.5 <= place - LABEL_PIXELS / 2 < place + LABEL_PIXELS / 2 <= pixels + 0.5


def test_zoomed_each_line_has_a_plot_that_fits_it() -> None:
    """The whole course fills the height, and the axis ends where the lines do."""
    figure = _figure(_GROWING, _marks(is_final=True), Axis.SEND, zoomed=True)
    assert figure.data[1].yaxis == "y2"
    low, high = figure.layout.yaxis.range
    assert -10 < low < 0
    assert 95 < high < 105
    assert tuple(figure.layout.xaxis.range) == pytest.approx((0, 3.15))


@pytest.mark.parametrize(("hours", "end", "unit"), [(1.5, 94.5, "Minutes"), (3, 3.15, "Hours")])
def test_a_short_axis_counts_in_minutes(hours: float, end: float, unit: str) -> None:
    """A send of minutes has no ticks of 0.05 hours; the marks stand in the unit of the axis."""
    marks = replace(_marks(), chosen=_marks().started_at)
    figure = course_figure(_GROWING, marks, Axis.SEND, LIGHT, hours * _HOUR, zoomed=True).checked()
    assert tuple(figure.layout.xaxis.range) == pytest.approx((0, end))
    assert figure.layout.xaxis.title.text == f"{unit} since the send"
    assert figure.data[0].x[0] == 0


def test_a_share_of_nothing_is_a_gap() -> None:
    """Before anything is reported there is no share of what is reported."""
    nothing = _course([float("nan")] * 2, [float("nan")] * 2)
    figure = _figure(nothing, _marks(), Axis.SEND, zoomed=True)
    assert not [text for text in _texts(figure) if text.startswith("<b>")]
    assert "no share" in takeaway(nothing, is_final=False, is_complete=True)


def test_thinning_keeps_the_moves_and_the_ends() -> None:
    """Where nothing moves there is nothing to draw."""
    course = _course([0, 0, 0.5, 0.5, 0.5], [0, 0, 0, 0, 0])
    assert list(thinned(course).index) == [0, 2, 4]


@pytest.mark.parametrize("count", [2000, 2001, 5000, 20001])
def test_no_trace_has_too_many_points(count: int) -> None:
    """Whatever happens in a log, at most 2,000 points are drawn, the last among them."""
    shares = [minute / count for minute in range(count)]
    course = _course(shares, [0.0] * count).assign(delivered=range(count))
    drawn = thinned(course)
    assert len(drawn) <= MOST_POINTS
    assert drawn["elapsed"].iloc[-1] == course["elapsed"].iloc[-1]


def test_the_takeaway_tells_both_lines_and_whether_it_is_final() -> None:
    """What one sees at a glance, in words."""
    assert takeaway(_GROWING, is_final=False, is_complete=True) == (
        "Delivered goes from 0\xa0% to 95.0\xa0%, Bounces + errors from 0\xa0% to 5.0\xa0%, within 3 h. "
        "This is not final yet."
    )


def test_colours_follow_the_theme() -> None:
    """Light unless the browser says dark."""
    assert colours_of("dark") is DARK
    assert colours_of(None) is LIGHT


def test_the_chosen_moment_stands_once_among_the_points() -> None:
    """Between two points, in place of one, or behind the last."""
    row = {"delivered": 7, "delivered_rate": None}
    for hours, expected in ((1.5, [0, 1, 1.5, 2, 3]), (2, [0, 1, 2, 3]), (4, [0, 1, 2, 3, 4])):
        course = with_row(_GROWING, hours * _HOUR, row)
        assert _hours(course) == expected
        chosen = course[course["elapsed"] == hours * _HOUR].iloc[0]
        assert chosen["delivered"] == 7
        assert pd.isna(chosen["delivered_rate"])


def test_samples_hold_until_the_next_point() -> None:
    """A number between two points is that of the earlier one."""
    assert list(sampled(_GROWING, 1.5 * _HOUR, 4)["delivered_rate"]) == [0, 0, 0.5, 0.5]


def _noted(*notes: Note, axis: Axis = Axis.SEND) -> go.Figure:
    return _figure(_GROWING, replace(_marks(is_final=True), annotations=notes), axis)


def test_an_annotation_of_a_moment_is_a_line_with_its_text() -> None:
    """What is told on hover says the moment with its zone; text from anybody is no markup, and never a long word."""
    hostile = "<b>Gmail</b> & friends " * 5
    plain, figure = _noted(), _noted(Note(_START + 2 * _HOUR, None, hostile))
    added = [note for note in figure.layout.annotations if note.text not in _texts(plain)]
    assert [note.x for note in added] == [2]
    assert added[0].text.startswith("<i>&lt;b&gt;Gmail")
    assert added[0].text.endswith("…</i>")
    assert len(added[0].text) < 60
    assert added[0].hovertext.endswith("(2 Mar 2026 10:00 UTC)")
    assert "<b>" not in added[0].hovertext
    lines = [shape for shape in figure.layout.shapes if shape.x0 == 2]
    assert [(shape.type, shape.x1) for shape in lines] == [("line", 2)]


def test_an_annotation_of_a_time_is_shaded() -> None:
    """As far as the axis reaches."""
    notes = Note(_START - _HOUR, _START + _HOUR, "before"), Note(_START + 100 * _HOUR, _START + 900 * _HOUR, "after")
    figure = _noted(*notes, axis=Axis.SEND)
    shades = [(shape.x0, shape.x1) for shape in figure.layout.shapes if shape.type == "rect"][1:]
    assert shades == [(0, 1), (100, 168)]
    assert {"<i>before</i>", "<i>after</i>"} <= set(_texts(figure))


def test_what_is_not_on_the_axis_is_not_annotated() -> None:
    """Neither what lies before or after it, nor anything where the axis is the messages' age."""
    outside = Note(_START - 2 * _HOUR, _START - _HOUR, "before"), Note(_START + 900 * _HOUR, None, "after")
    assert _texts(_noted(*outside)) == _texts(_noted())
    within = Note(_START + _HOUR, None, "within")
    assert _texts(_noted(within, axis=Axis.AGE)) == _texts(_noted(axis=Axis.AGE))
    assert "<i>within</i>" in _texts(_noted(within, axis=Axis.CLOCK))


def test_there_is_room_above_the_plot_for_every_annotation() -> None:
    """Those of one moment stand above each other, and the margin holds all of them."""
    figure = _noted(*(Note(_START + 3 * _HOUR, None, f"note {number}") for number in range(6)))
    shifts = [note.yshift for note in figure.layout.annotations if note.text.startswith("<i>")]
    assert len(set(shifts)) == 6
    assert max(shifts) + 15 <= figure.layout.margin.t
    assert _noted().layout.margin.t == 56
