"""What the comparison asks of the store, each asked once for a version of the data. Nobody may change the answers."""

import pandas as pd

from analytics.comparison import Courses, course_points, courses, last_tiles, tiles_after
from data.snapshot import Snapshot
from pages.session.answer_cache import answer_of
from pages.session.answers import known_deliveries
from pages.session.asked import Filters


def courses_of(store: Snapshot, asked: Filters) -> Courses:
    """The courses of all deliveries, whatever the mode."""
    with_tests = asked.with_test_profiles
    return answer_of(
        store,
        ("courses", with_tests),
        lambda: courses(store, known_deliveries(store), with_test_profiles=with_tests),
    )


def points_of(store: Snapshot, asked: Filters) -> pd.DataFrame:
    """The courses of all deliveries in the mode."""
    return answer_of(
        store,
        ("course points", *_reading(asked)),
        lambda: course_points(courses_of(store, asked), asked.mode, asked.base),
    )


def last_tiles_of(store: Snapshot, asked: Filters) -> pd.DataFrame:
    """The tile of each delivery at its last moment observed."""
    return answer_of(
        store,
        ("last tiles", *_reading(asked)),
        lambda: last_tiles(courses_of(store, asked), asked.mode, asked.base),
    )


def tiles_after_of(store: Snapshot, asked: Filters, minutes: int) -> pd.DataFrame:
    """How each delivery stood so many minutes after its send."""
    return answer_of(
        store,
        ("tiles after", minutes, *_reading(asked)),
        lambda: tiles_after(
            store,
            known_deliveries(store),
            minutes,
            asked.mode,
            asked.base,
            with_test_profiles=asked.with_test_profiles,
        ),
    )


def _reading(asked: Filters) -> tuple[object, ...]:
    return asked.mode, asked.base, asked.with_test_profiles
