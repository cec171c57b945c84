"""What the page asks the store, each question once for a version of the data. Nobody may change the answers."""

from dataclasses import dataclass, replace
from datetime import datetime

import pandas as pd

from analytics.ledger import ledger
from analytics.modes import Kpi
from data.snapshot import Snapshot
from pages.session.answer_cache import answer_of
from pages.session.answers import tile_of
from pages.session.asked import Filters


@dataclass(frozen=True)
class Span:
    """What the ledger is asked for: a count between two moments (UTC)."""

    kpi: Kpi
    since: datetime
    until: datetime


def changes_of(store: Snapshot, asked: Filters, span: Span) -> pd.DataFrame:
    """The changes, as ledger() answers."""
    return answer_of(
        store,
        ("ledger", span, *asked.course_key),
        lambda: ledger(
            store,
            asked.delivery,
            asked.mode,
            span.since,
            span.until,
            span.kpi,
            with_test_profiles=asked.with_test_profiles,
        ),
    )


def count_of(store: Snapshot, asked: Filters, kpi: Kpi, at: datetime) -> int:
    """The tile's count at a moment."""
    count: int = getattr(tile_of(store, replace(asked, at=at)), kpi.value)
    return count
