"""Answers that several screens or reruns need, each asked once for a version of the data. Nobody may change them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd

from analytics.tile import Tile, age_series, change_minutes, series, state_counts, tile
from data.answers import Facts, delivery_facts
from data.deliveries import Delivery, deliveries
from data.snapshot import Snapshot
from pages.figures.points import last_change, thinned
from pages.session.answer_cache import Answer, answer_of
from pages.session.asked import Filters

_MOST_ROWS = 20_000


@dataclass(frozen=True)
class Course:
    """The KPIs over time. points: as analytics answers, with elapsed, where something moves; at most 2,000 rows."""

    points: pd.DataFrame
    last_change: timedelta
    """When a line of the chart moves for the last time, since the send or by age."""


def known_deliveries(store: Snapshot) -> list[Delivery]:
    """All deliveries, newest first."""
    return answer_of(store, "deliveries", lambda: deliveries(store))


def facts_of(store: Snapshot, delivery: Delivery) -> Facts:
    """What the logs of a delivery can answer."""
    return answer_of(store, ("facts", delivery.delivery_key), lambda: delivery_facts(store, delivery))


def tile_of(store: Snapshot, asked: Filters) -> Tile:
    """The tile."""
    return answer_of(
        store,
        ("tile", asked.at, *asked.course_key),
        lambda: tile(
            store, asked.delivery, asked.mode, asked.at, asked.base, with_test_profiles=asked.with_test_profiles
        ),
    )


def answer_at(
    store: Snapshot, asked: Filters, name: str, question: Callable[..., Answer], delivery: Delivery | None = None
) -> Answer:
    """What a question of analytics answers of a delivery at the chosen moment, whatever the mode and base.

    name: of the question, as the answers are kept by it. delivery: another than the chosen one, at its last moment.
    """
    about, at = (asked.delivery, asked.at) if delivery is None else (delivery, delivery.observed_until)
    return answer_of(
        store,
        (name, at, about.delivery_key, asked.with_test_profiles),
        lambda: question(store, about, at, with_test_profiles=asked.with_test_profiles),
    )


def state_counts_of(store: Snapshot, delivery: Delivery, at: datetime, *, with_test_profiles: bool) -> pd.DataFrame:
    """Messages by state at a moment: one row."""
    return answer_of(
        store,
        ("state counts", delivery.delivery_key, at, with_test_profiles),
        lambda: state_counts(store, delivery, at, with_test_profiles=with_test_profiles),
    )


def course_of(store: Snapshot, asked: Filters) -> Course:
    """The course since the send: of every minute; of every few minutes where a log speaks of more than two weeks."""
    return answer_of(store, ("course", *asked.course_key), lambda: _course(store, asked))


def age_course_of(store: Snapshot, asked: Filters) -> Course:
    """The course by message age."""
    return answer_of(store, ("age course", *asked.course_key), lambda: _age_course(store, asked))


def change_minutes_of(store: Snapshot, delivery: Delivery) -> list[int]:
    """The minutes since the start in which some message changes its state, ascending."""
    return answer_of(store, ("changes", delivery.delivery_key), lambda: change_minutes(store, delivery))


def to_deliver_of(store: Snapshot, delivery: Delivery) -> tuple[int, int]:
    """How many messages are to deliver, and how many more are to test profiles."""
    return answer_of(store, ("to deliver", delivery.delivery_key), lambda: _to_deliver(store, delivery))


def _to_deliver(store: Snapshot, delivery: Delivery) -> tuple[int, int]:
    alone, with_tests = (
        int(state_counts_of(store, delivery, delivery.observed_until, with_test_profiles=counted)["to_deliver"].iloc[0])
        for counted in (False, True)
    )
    return alone, with_tests - alone


def _course(store: Snapshot, asked: Filters) -> Course:
    delivery = asked.delivery
    observed = delivery.observed_until - delivery.started_at
    every = timedelta(minutes=1 + observed // timedelta(minutes=_MOST_ROWS))
    rows = series(store, delivery, asked.mode, every, asked.base, with_test_profiles=asked.with_test_profiles)
    return _thinned_course(rows, rows["at"] - delivery.started_at)


def _age_course(store: Snapshot, asked: Filters) -> Course:
    rows = age_series(store, asked.delivery, asked.mode, asked.base, with_test_profiles=asked.with_test_profiles)
    return _thinned_course(rows, pd.to_timedelta(rows["age_minutes"], unit="min"))


def _thinned_course(rows: pd.DataFrame, elapsed: pd.Series) -> Course:
    rows = rows.assign(elapsed=elapsed)
    return Course(thinned(rows), last_change(rows))
