"""What the sections of the page ask, each question once for a version of the data. Nobody may change the answers."""

import pandas as pd

from analytics.machine_opens import first_openings
from analytics.tile_clock import Clock, tile_clock
from analytics.tracking import Tracking, tracking, tracking_by_domain
from analytics.tracking_rows import Conditions, tracking_rows
from data.snapshot import Snapshot
from pages.session.answer_cache import answer_of
from pages.session.answers import answer_at
from pages.session.asked import Filters


def tracking_of(store: Snapshot, asked: Filters) -> Tracking:
    """What is told of opens and clicks up to the chosen moment."""
    return answer_of(
        store,
        ("tracking", asked.at, *asked.course_key),
        lambda: tracking(store, asked.delivery, asked.mode, asked.at, with_test_profiles=asked.with_test_profiles),
    )


def domains_of(store: Snapshot, asked: Filters) -> pd.DataFrame:
    """The same by recipient domain, with what each of them has delivered."""
    return answer_of(
        store,
        ("tracking by domain", asked.at, *asked.course_key),
        lambda: tracking_by_domain(
            store,
            asked.delivery,
            asked.mode,
            tracking_of(store, asked),
            asked.at,
            with_test_profiles=asked.with_test_profiles,
        ),
    )


def delays_of(store: Snapshot, asked: Filters) -> tuple[pd.DataFrame, int]:
    """How long after their acceptance messages were first opened, and how many cannot be placed."""
    return answer_at(store, asked, "first openings", first_openings)


def clock_of(store: Snapshot, asked: Filters) -> Clock:
    """The tile's clock beside the true one."""
    return answer_at(store, asked, "tile clock", tile_clock)


def log_of(
    store: Snapshot, asked: Filters, conditions: Conditions, *, masked: bool, limit: int, offset: int
) -> tuple[pd.DataFrame, int]:
    """A page of the tracking log, and the number of its rows."""
    return answer_of(
        store,
        ("tracking log", asked.at, *asked.course_key, conditions, masked, limit, offset),
        lambda: tracking_rows(
            store,
            asked.delivery,
            conditions,
            asked.at,
            with_test_profiles=asked.with_test_profiles,
            masked=masked,
            limit=limit,
            offset=offset,
        ),
    )
