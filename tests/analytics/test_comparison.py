"""All deliveries side by side: the figures of their tiles and series, and the band that the others make."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest

from analytics.comparison import course_points, courses, last_tiles, tiles_after
from analytics.kpis import Base
from analytics.modes import Mode
from analytics.reference_band import MANY, band, earlier_alike, placement
from analytics.tile import series, tile
from data.deliveries import Delivery, deliveries
from data.events import Kind
from data.recomputation import recompute
from data.store import Store
from tests.analytics.test_identities import imported
from tests.data.random_logs import START
from tests.data.reference_fold import Event

KPIS = (
    *("to_deliver", "sent", "delivered", "bounces_errors", "pending", "canceled", "opened", "clicked", "base_count"),
    *("sent_rate", "delivered_rate", "bounces_errors_rate", "open_rate", "click_through_rate"),
)
COURSE = ("delivered", "bounces_errors", "delivered_rate", "bounces_errors_rate", "base_count")
CASES = [(mode, base) for mode in Mode for base in (None, Base.REPORTED)]


def long_log() -> list[Event]:
    """Four deliveries over two days, the last without any feedback, the second relayed for hours."""
    dice = random.Random(7)  # noqa: S311 - not for secrets
    log = []
    for number in range(240):
        delivery = number % 4
        message = (f"m{number}", f"user{number}@domain{number % 4}.example", f"d{delivery}")
        relayed = START + timedelta(hours=3 * delivery, seconds=dice.randint(0, 20_000 if delivery == 1 else 600))
        log.append(Event(Kind.RELAYED, relayed, *message))
        kinds = [Kind.BOUNCED] if delivery == 3 else [Kind.DEFERRED, Kind.DELIVERED, Kind.BOUNCED, Kind.OPENED, *Kind]
        for _ in range(dice.randint(0, 3)):
            later = timedelta(hours=dice.choice([0.3, 5, 40]) * dice.random())
            log.append(Event(dice.choice(kinds), relayed + later, *message))
    return log


@pytest.fixture(scope="module", params=[False, True], ids=["as-imported", "with-computed-stats"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store that holds the log, with and without Compute stats having brought opens and clicks to the end."""
    with imported(tmp_path_factory.mktemp("comparison"), "long", long_log()) as opened:
        if request.param:
            recompute(opened, "d0")
        yield opened


def known(store: Store, mode: Mode) -> list[Delivery]:
    """The deliveries whose logs can answer in a mode."""
    return [one for one in deliveries(store) if mode is Mode.WITHOUT_EFS or one.has_delivery_feedback]


def same(figure: float | None, other: float | None) -> bool:
    """Whether two figures are the same, none among them."""
    return (pd.isna(figure) and pd.isna(other)) or figure == other


@pytest.mark.parametrize(("mode", "base"), CASES)
def test_the_list_shows_what_each_tile_shows(store: Store, mode: Mode, base: Base | None) -> None:
    """Every figure of every delivery equals its tile at the last moment observed; what it cannot answer is missing."""
    every = deliveries(store)
    told = last_tiles(courses(store, every), mode, base)
    assert told["delivery_key"].tolist() == [one.delivery_key for one in every]
    for about, row in zip(every, told.to_dict("records"), strict=True):
        if about in known(store, mode):
            shown = tile(store, about, mode, base=base)
            assert [name for name in KPIS if not same(row[name], getattr(shown, name))] == []
        else:
            assert pd.isna(row["delivered"])
            assert np.isnan(row["delivered_rate"])


@pytest.mark.parametrize(("mode", "base"), CASES)
def test_a_course_is_the_series_at_its_points(store: Store, mode: Mode, base: Base | None) -> None:
    """Every point equals the series at its minute, and at every whole hour the last point holds."""
    points = course_points(courses(store, deliveries(store)), mode, base)
    assert set(points["delivery_key"]) == {one.delivery_key for one in known(store, mode)}
    for about in known(store, mode):
        by_minute = series(store, about, mode, base=base)
        minutes = (by_minute["at"] - about.started_at).dt.total_seconds().to_numpy() / 60
        mine = points[points["delivery_key"] == about.delivery_key]
        assert mine["hours"].iloc[0] == 0
        assert mine["hours"].iloc[-1] == pytest.approx(minutes[-1] / 60)
        at = by_minute.iloc[np.searchsorted(minutes, mine["hours"] * 60 - 1e-9)]
        whole = np.arange(0, int(minutes[-1]), 60)
        held = mine.iloc[np.searchsorted(mine["hours"], whole / 60, side="right") - 1]
        for name in COURSE:
            np.testing.assert_array_equal(mine[name], at[name])
            np.testing.assert_array_equal(held[name], by_minute.iloc[whole][name])


def test_first_hours_are_told_in_finer_steps(store: Store) -> None:
    """Points lie on every 5 minutes in the first hour, on quarters within six, on whole hours from then on."""
    points = course_points(courses(store, deliveries(store)), Mode.WITHOUT_EFS)
    inner = points[points["delivery_key"].duplicated(keep="last")]["hours"] * 60
    steps = np.select([inner <= 60, inner <= 360], [5, 15], 60)
    assert (inner.round(6) % steps == 0).all()
    assert (inner < 60).any()
    assert (inner > 360).any()


@pytest.mark.parametrize("minutes", [0, 7, 301, 2000])
@pytest.mark.parametrize("mode", list(Mode))
def test_after_some_minutes_each_stands_as_its_tile_did(store: Store, mode: Mode, minutes: int) -> None:
    """Only those observed that long are told, each as its tile was at that moment."""
    span = timedelta(minutes=minutes)
    told = tiles_after(store, deliveries(store), minutes, mode)
    observed = [one for one in known(store, mode) if one.started_at + span <= one.observed_until]
    assert told["delivery_key"].tolist() == [one.delivery_key for one in observed]
    for about, row in zip(observed, told.to_dict("records"), strict=True):
        shown = tile(store, about, mode, about.started_at + span)
        assert [name for name in COURSE if not same(row[name], getattr(shown, name))] == []


def test_no_delivery_is_no_trouble(store: Store) -> None:
    """Of no deliveries there are no figures."""
    assert tiles_after(store, [], 5, Mode.WITH_EFS).empty
    assert course_points(courses(store, []), Mode.WITH_EFS).empty
    assert band(course_points(courses(store, []), Mode.WITH_EFS), "delivered_rate").empty


def course(key: int, **shares: float) -> pd.DataFrame:
    """A course by hours: h0=0.5."""
    hours = [float(name[1:]) for name in shares]
    return pd.DataFrame({"delivery_key": key, "hours": hours, "delivered_rate": list(shares.values())})


def test_the_band_holds_what_is_known_and_nothing_beyond() -> None:
    """A course holds between its points, and tells nothing after its last one."""
    told = band(pd.concat([course(1, h0=0, h2=0.5, h4=0.9), course(2, h0=0.2, h1=0.4)]), "delivered_rate")
    assert told["hours"].tolist() == [0, 1, 2, 4]
    assert told["low"].tolist() == [0, 0, 0.5, 0.9]
    assert told["high"].tolist() == [0.2, 0.4, 0.5, 0.9]
    assert told["median"].tolist() == pytest.approx([0.1, 0.2, 0.5, 0.9])
    assert told["deliveries"].tolist() == [2, 2, 1, 1]


def test_the_band_ends_where_most_of_its_deliveries_do() -> None:
    """Where fewer than half are observed, their range would move with who is left."""
    long, short = course(1, h0=0.9, h5=0.8), [course(key, h0=0.1, h2=0.2) for key in (2, 3)]
    assert band(pd.concat([long, *short]), "delivered_rate")["hours"].tolist() == [0, 2]


def test_the_band_of_many_leaves_the_outer_tenths_out() -> None:
    """Of 21 deliveries it goes from the third to the nineteenth."""
    assert MANY <= 21
    told = band(pd.concat([course(key, h0=key / 100) for key in range(21)]), "delivered_rate")
    assert (told["low"].item(), told["high"].item()) == pytest.approx((0.02, 0.18))


@pytest.mark.parametrize(
    ("share", "lower", "higher", "below", "above"),
    [
        (0.1, 0, 3, True, False),
        (0.5004, 0, 2, False, False),
        (0.95, 3, 0, False, True),
        (0.6, 1, 1, False, False),
        (0.9, 2, 0, False, False),
    ],
)
def test_a_share_is_placed_among_others(share: float, lower: int, higher: int, below: bool, above: bool) -> None:
    """How many are lower and higher; equal shares are neither, unknown ones are not counted."""
    told = placement(share, pd.Series([0.5, 0.6, 0.9, np.nan]))
    assert told is not None
    assert (told.lower, told.higher, told.is_below_all, told.is_above_all) == (lower, higher, below, above)
    assert (told.low, told.median, told.high, told.deliveries) == (0.5, 0.6, 0.9, 3)


def test_earlier_deliveries_of_the_same_kind_are_alike(store: Store) -> None:
    """The latest first, none of them later or without feedback where that is needed."""
    newest = max(deliveries(store), key=lambda one: one.started_at)
    assert [one.delivery_id for one in earlier_alike(deliveries(store), newest, Mode.WITHOUT_EFS)] == ["d2", "d1", "d0"]
    oldest = min(deliveries(store), key=lambda one: one.started_at)
    assert earlier_alike(deliveries(store), oldest, Mode.WITHOUT_EFS) == []
    later = replace(oldest, started_at=newest.started_at + timedelta(hours=1))
    assert [one.delivery_id for one in earlier_alike(deliveries(store), later, Mode.WITH_EFS)] == ["d2", "d1", "d0"]
    assert earlier_alike(deliveries(store), replace(later, channel="sms"), Mode.WITHOUT_EFS) == []
    assert len(earlier_alike([replace(newest, delivery_id=str(n)) for n in range(20)], later, Mode.WITHOUT_EFS)) == 12
