"""What the page asks the store, each question once for a version of the data. Nobody may change the answers."""

from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from analytics.kpis import DEFAULT_BASE, Base, Counts
from analytics.mode_gap import Provider, gap_course, main_provider, mode_gap, readings
from analytics.modes import Mode
from analytics.steps import Taken, steps
from analytics.validity_ends import ValidityEnds, validity_ends
from data.snapshot import Snapshot
from data.states import State
from pages.figures.points import thinned, with_row
from pages.session.answer_cache import answer_of
from pages.session.answers import answer_at, state_counts_of
from pages.session.asked import Filters

_MOSTLY_CLOSED = 0.2
"""What is left of the gap at its largest, where most of it has closed."""


@dataclass(frozen=True)
class Gap:
    """What is open at the chosen moment. Counts of messages."""

    waiting: int
    """Not relayed yet, so in no gap so far."""
    sent: int
    in_flight: int
    retrying: int

    @property
    def messages(self) -> int:
        """By so many the modes differ in Delivered."""
        return self.in_flight + self.retrying


@dataclass(frozen=True)
class GapCourse:
    """The gap over time. points: of analytics.mode_gap, where something moves."""

    points: pd.DataFrame
    wide_until: timedelta
    """When most of the gap has closed for good; where none is known, when Delivered moves last."""


def shown_modes(asked: Filters) -> list[Mode]:
    """The modes that the log can answer in: with EFS, without, and Campaign v8 where that was chosen."""
    modes = [Mode.WITH_EFS, Mode.WITHOUT_EFS] if asked.delivery.has_delivery_feedback else [Mode.WITHOUT_EFS]
    return [*modes, Mode.CAMPAIGN_V8] if asked.mode is Mode.CAMPAIGN_V8 else modes


def base_in(asked: Filters, mode: Mode) -> Base:
    """What shares of a mode divide by: its own base as long as the chosen mode keeps its own, else the one chosen."""
    return DEFAULT_BASE[mode] if asked.base is DEFAULT_BASE[asked.mode] else asked.base


def counts_of(store: Snapshot, asked: Filters) -> Counts:
    """Messages by state at the chosen moment."""
    row = state_counts_of(store, asked.delivery, asked.at, with_test_profiles=asked.with_test_profiles)
    return {name: row[name].to_numpy() for name in row.columns}


def gap_of(counts: Counts) -> Gap:
    """What is open, of messages by state."""
    return Gap(*(int(counts[name][0]) for name in (State.TARGETED, "sent", State.IN_FLIGHT, State.RETRYING)))


def provider_of(store: Snapshot, asked: Filters) -> Provider | None:
    """The recipient domain with most of the gap."""
    return answer_at(store, asked, "gap provider", main_provider)


def ends_of(store: Snapshot, asked: Filters) -> ValidityEnds:
    """When the last validity periods end."""
    return answer_at(store, asked, "validity ends", validity_ends)


def readings_of(counts: Counts, asked: Filters) -> pd.DataFrame:
    """Delivered by mode and base."""
    return readings(counts, shown_modes(asked))


def steps_of(store: Snapshot, asked: Filters) -> list[Taken]:
    """The steps taken by the chosen moment."""
    key = ("steps", asked.at, *asked.course_key)
    tests = asked.with_test_profiles
    return answer_of(
        store, key, lambda: steps(store, asked.delivery, shown_modes(asked), asked.at, with_test_profiles=tests)
    )


def gap_course_of(store: Snapshot, asked: Filters) -> GapCourse:
    """The gap over time, with a point at the chosen moment."""
    known = answer_of(store, ("gap course", *asked.course_key), lambda: _course(store, asked))
    now = mode_gap(
        counts_of(store, asked), Mode.WITH_EFS, asked.base, has_feedback=asked.delivery.has_delivery_feedback
    )
    row = {name: float(now[name].iloc[0]) for name in now.columns}
    return GapCourse(with_row(known.points, asked.at - asked.delivery.started_at, row), known.wide_until)


def _course(store: Snapshot, asked: Filters) -> GapCourse:
    tests = asked.with_test_profiles
    course = gap_course(store, asked.delivery, Mode.WITH_EFS, asked.base, with_test_profiles=tests)
    return GapCourse(thinned(course), _wide_until(course))


def _wide_until(course: pd.DataFrame) -> timedelta:
    gap = course["retrying"] + course["in_flight"]
    is_wide = gap > gap.max() * _MOSTLY_CLOSED if gap.max() > 0 else course["ceiling"].diff() != 0
    last = min(int(is_wide[is_wide].index[-1]) + 1, len(course) - 1)
    return timedelta(seconds=course["elapsed"].iloc[last].total_seconds())
