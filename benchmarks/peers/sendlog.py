"""Sendlog: the same answer from a store that has imported the file."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pandas as pd

from analytics.modes import Mode
from analytics.tile import series
from benchmarks.peers import COUNTS
from data.deliveries import Delivery, deliveries
from data.store import Store

_SHOWN = {"without_efs": Mode.WITHOUT_EFS, "with_efs": Mode.WITH_EFS}


def course(path: Path) -> pd.DataFrame:
    """The answer, from the store alone."""
    with Store(path) as store:
        courses = [_course(store, each) for each in deliveries(store)]
    found = pd.concat(courses).sort_values(["delivery_id", "elapsed_minutes"], ignore_index=True)
    return found[["delivery_id", "elapsed_minutes", *COUNTS]]


def _course(store: Store, delivery: Delivery) -> pd.DataFrame:
    counts = pd.DataFrame(dict(_counts(store, delivery)))[list(COUNTS)]
    counts = counts[(counts.diff().fillna(counts) != 0).any(axis=1)]
    elapsed = -((delivery.started_at - pd.DatetimeIndex(counts.index)) // timedelta(minutes=1))
    return counts.assign(delivery_id=delivery.delivery_id, elapsed_minutes=elapsed)


def _counts(store: Store, delivery: Delivery) -> Iterator[tuple[str, pd.Series]]:
    for name, mode in _SHOWN.items():
        shown = series(store, delivery, mode).set_index("at")
        yield f"delivered_{name}", shown["delivered"]
        yield f"bounces_errors_{name}", shown["bounces_errors"]
