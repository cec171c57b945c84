"""The band between the modes is what is still open, to the message, at every moment."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from analytics.domains import domains
from analytics.kpis import Base
from analytics.mode_gap import gap_course, main_provider, mode_gap, readings
from analytics.modes import Mode
from analytics.rows import row_count
from analytics.selection import Selection
from analytics.tile import series, state_counts, tile
from data.deliveries import Delivery, deliveries, delivery
from data.states import State
from data.store import Store
from tests.analytics.test_identities import imported, moments, random_log

COUNTS = ["floor", "retrying", "in_flight", "ceiling"]


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with a random log of three deliveries."""
    with imported(tmp_path_factory.mktemp("gap"), "whole", random_log(5)) as opened:
        yield opened


def counts_at(store: Store, about: Delivery, part: int) -> dict[str, np.ndarray]:
    """Messages by state at one of the moments."""
    row = state_counts(store, about, moments(about)[part])
    return {name: row[name].to_numpy() for name in row.columns}


@pytest.mark.parametrize("part", range(10))
@pytest.mark.parametrize("base", [Base.TO_DELIVER, Base.SENT])
def test_the_gap_is_between_the_two_tiles(held: Store, part: int, base: Base) -> None:
    """Ceiling and floor are Delivered of the tiles, in counts and shares; between them lies what is open, alone."""
    for about in deliveries(held):
        at = moments(about)[part]
        (gap,) = mode_gap(counts_at(held, about, part), Mode.WITH_EFS, base).to_dict("records")
        plain, efs = (tile(held, about, mode, at, base) for mode in (Mode.WITHOUT_EFS, Mode.WITH_EFS))
        states = state_counts(held, about, at).iloc[0]
        assert (gap["floor"], gap["ceiling"]) == (efs.delivered, plain.delivered)
        assert (gap["retrying"], gap["in_flight"]) == (states[State.RETRYING], states[State.IN_FLIGHT])
        assert gap["floor"] + gap["retrying"] + gap["in_flight"] == gap["ceiling"]
        if efs.base_count:
            assert gap["floor_rate"] == efs.delivered_rate
            assert gap["ceiling_rate"] == plain.delivered_rate
            assert gap["floor_rate"] + gap["retrying_rate"] + gap["in_flight_rate"] == pytest.approx(
                gap["ceiling_rate"]
            )
        else:
            assert all(math.isnan(gap[f"{name}_rate"]) for name in COUNTS)


def test_the_course_is_that_of_both_series(held: Store) -> None:
    """At the start, at each change and at the end, the course shows what the series of both modes show."""
    for about in deliveries(held):
        course = gap_course(held, about, Mode.WITH_EFS, Base.TO_DELIVER)
        efs, plain = (
            series(held, about, mode, base=Base.TO_DELIVER).set_index("at")
            for mode in (Mode.WITH_EFS, Mode.WITHOUT_EFS)
        )
        assert course["elapsed"].is_monotonic_increasing
        assert course["elapsed"].iloc[0] == timedelta(0)
        at = about.started_at + course["elapsed"]
        assert at.iloc[-1] == about.observed_until
        assert set(efs.index[efs[["delivered", "bounces_errors"]].diff().any(axis=1)]) <= set(at)
        assert course["floor"].tolist() == efs["delivered"][at].tolist()
        assert course["ceiling_rate"].tolist() == plain["delivered_rate"][at].tolist()


def test_reported_bases_differ_by_mode_so_nothing_lies_between(held: Store) -> None:
    """Divided by Delivered + Bounces and errors, each mode has its own base, and the band has no share."""
    about = deliveries(held)[0]
    (gap,) = mode_gap(counts_at(held, about, 4), Mode.WITH_EFS, Base.REPORTED).to_dict("records")
    for mode, rate in ((Mode.WITH_EFS, gap["floor_rate"]), (Mode.WITHOUT_EFS, gap["ceiling_rate"])):
        shown = tile(held, about, mode, moments(about)[4])
        assert rate == shown.delivered / (shown.delivered + shown.bounces_errors)
    assert math.isnan(gap["retrying_rate"])
    assert math.isnan(gap["in_flight_rate"])


def test_every_reading_is_that_of_a_tile(held: Store) -> None:
    """Each mode by each base, with numerator, denominator and the difference to the base that reports divide by."""
    for about in deliveries(held):
        told = readings(counts_at(held, about, 4), list(Mode))
        assert len(told) == len(Mode) * len(Base)
        for row in told.to_dict("records"):
            shown = tile(held, about, Mode(row["mode"]), moments(about)[4], Base(row["base"]))
            reported = shown.delivered / (shown.delivered + shown.bounces_errors)
            assert (row["delivered"], row["base_count"]) == (shown.delivered, shown.base_count)
            assert row["delivered_rate"] == shown.delivered_rate
            assert row["difference"] == pytest.approx(shown.delivered / shown.base_count - reported)


def test_without_feedback_only_the_ceiling_is_known(store: Store, import_text: Callable[..., object]) -> None:
    """A log without acceptances has no floor, and nothing is invented."""
    header = "kind,event_time,message_id,recipient,delivery_id\n"
    lines = [f"relayed,2026-03-01T10:00:00Z,m{n},u{n}@one.example,d1\n" for n in range(3)]
    import_text(header + "".join(lines) + "bounced,2026-03-01T10:30:30Z,m1,u1@one.example,d1\n")
    course = gap_course(store, delivery(store, "d1"), Mode.WITH_EFS, Base.SENT)
    assert course["ceiling"].tolist() == [3, 2]
    assert course["elapsed"].tolist() == [timedelta(0), timedelta(minutes=30, seconds=30)]
    assert course[["floor", "retrying", "in_flight", "floor_rate"]].isna().all(axis=None)


@pytest.mark.parametrize("part", range(10))
def test_the_main_provider_holds_most_of_the_gap(held: Store, part: int) -> None:
    """As its rows say, and the rows of every other domain; the reason is the one told of most of them."""
    for about in deliveries(held):
        at = moments(about)[part]
        found = main_provider(held, about, at)
        selection = Selection(states=(State.IN_FLIGHT, State.RETRYING))
        by_domain = {
            name: row_count(held, about, replace(selection, domains=(name,)), Mode.WITH_EFS, at)
            for name in domains(held, about, Mode.WITH_EFS, at)["recipient_domain"]
        }
        if found is None:
            assert not any(by_domain.values())
            continue
        assert by_domain[found.domain] == found.messages == max(by_domain.values())
        assert row_count(held, about, found.selection, Mode.WITH_EFS, at) == found.messages
        retrying = Selection(states=(State.RETRYING,), domains=(found.domain,))
        assert row_count(held, about, retrying, Mode.WITH_EFS, at) == found.retrying
        if found.reason is not None:
            for_reason = replace(retrying, reasons=(found.reason,))
            assert row_count(held, about, for_reason, Mode.WITH_EFS, at) == found.for_reason
