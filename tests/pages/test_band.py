"""The figure of both modes and what lies between them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from analytics.kpis import Base
from analytics.mode_gap import gap_course
from analytics.modes import Mode
from pages.figures.band import band_figure
from pages.figures.band_layers import Unit
from pages.figures.colours import LIGHT
from pages.figures.time_axis import Marks
from pages.session.store import opened_store
from tests.pages.logs import SETTLING_LOG
from tests.pages.test_modes import about

Opened = Callable[..., AppTest]
_BETWEEN = [f"{name}{unit}" for name in ("floor", "retrying", "in_flight") for unit in ("", "_rate")]


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize("share", [0, 1])
def test_a_fitted_height_goes_little_beyond_all_or_nothing(page: Opened, unit: Unit, share: int) -> None:
    """No share is below 0 or above 100 and no count below 0; the line at the edge is seen whole."""
    page(SETTLING_LOG, page="modes")
    gap = gap_course(opened_store(), about(), Mode.WITH_EFS, Base.TO_DELIVER)
    unknown = gap.assign(**dict.fromkeys(_BETWEEN, np.nan))
    flat = unknown.assign(ceiling=share * 10, ceiling_rate=float(share))
    figure = band_figure(flat, _marks(180), unit, "Messages", LIGHT, timedelta(hours=1), zoomed=True)
    low, high = figure.to_dict()["layout"]["yaxis"]["range"]
    value = share * (100 if unit is Unit.SHARES else 10)
    assert low < value < high
    assert low > -(high - low) / 50
    assert unit is Unit.MESSAGES or high < 100 + (high - low) / 50


def _marks(minutes: int) -> Marks:
    start = about().started_at
    return Marks(
        start,
        start,
        about().ended_at,
        about().ended_at,
        about().observed_until,
        start + timedelta(minutes=minutes),
        False,
    )


def _figure(unit: Unit, gap: pd.DataFrame, minutes: int, *, zoomed: bool = False) -> dict[str, Any]:
    figure = band_figure(gap, _marks(minutes), unit, "Messages", LIGHT, timedelta(hours=1), zoomed=zoomed)
    figure.checked()
    return {trace["name"] + trace["yaxis"]: trace for trace in figure.to_dict()["data"]}


def test_the_band_is_as_wide_as_what_is_open(page: Opened) -> None:
    """At every point the edges are the floor, retrying on it, and in flight on that, which is the ceiling."""
    page(SETTLING_LOG, page="modes")
    gap = gap_course(opened_store(), about(), Mode.WITH_EFS, Base.TO_DELIVER)
    traces = _figure(Unit.MESSAGES, gap, 180)
    floor, retrying, in_flight, ceiling = (
        np.array(traces[name]["y"])
        for name in ("Delivered with EFSy", "Retryingy", "In flighty", "Delivered without EFSy")
    )
    assert (retrying - floor).tolist() == gap["retrying"].tolist()
    assert (in_flight - retrying).tolist() == gap["in_flight"].tolist()
    assert in_flight.tolist() == ceiling.tolist() == gap["ceiling"].tolist()


def test_what_comes_after_the_chosen_moment_is_dotted(page: Opened) -> None:
    """Both parts meet there, so that nothing is missing between."""
    page(SETTLING_LOG, page="modes")
    gap = gap_course(opened_store(), about(), Mode.WITH_EFS, Base.TO_DELIVER)
    traces = _figure(Unit.SHARES, gap, 20, zoomed=True)
    known, later = traces["Delivered with EFSy"], traces["Delivered with EFS, latery"]
    assert known["x"][-1] == later["x"][0] == pytest.approx(20)  # minutes, for the axis is short
    assert (known["line"]["dash"], later["line"]["dash"]) == ("solid", "dot")


@pytest.mark.parametrize(("hours", "told"), [(1, True), (5, False)])
def test_the_values_of_a_moment_out_of_the_picture_are_not_beside_it(page: Opened, hours: int, told: bool) -> None:
    """Zoomed on where the gap was wide, the lines keep their names alone."""
    page(SETTLING_LOG, page="modes")
    gap = gap_course(opened_store(), about(), Mode.WITH_EFS, Base.TO_DELIVER)
    wide_until = timedelta(hours=1)
    figure = band_figure(gap, _marks(60 * hours), Unit.MESSAGES, "Messages", LIGHT, wide_until, zoomed=True)
    labels = [note.text for note in figure.checked().layout.annotations if note.text.startswith("<b>")]
    assert [label.partition("</b>")[0] for label in labels] == ["<b>Delivered with EFS", "<b>Delivered without EFS"]
    assert ["<br>" in label for label in labels] == [told, told]


@pytest.mark.parametrize("unit", list(Unit))
def test_what_is_unknown_is_not_drawn(page: Opened, unit: Unit) -> None:
    """Without feedback there is the ceiling alone; by reported bases there are both lines, without shares between."""
    page(SETTLING_LOG, page="modes")
    gap = gap_course(opened_store(), about(), Mode.WITH_EFS, Base.REPORTED)
    assert len(_figure(unit, gap, 180)) == (2 if unit is Unit.SHARES else 6)
    unknown = gap.assign(**dict.fromkeys(["floor", "retrying", "in_flight", "floor_rate"], np.nan))
    assert list(_figure(unit, unknown, 180, zoomed=True)) == ["Delivered without EFSy"]
