"""The questions that an analyst asks of a store: how long each takes, as the 95th percentile in milliseconds."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pandas as pd

from analytics.domains import domains
from analytics.ledger import ledger
from analytics.modes import Kpi, Mode
from analytics.rows import rows
from analytics.tile import series, tile
from benchmarks.worker import Cost, measured
from data.deliveries import Delivery, deliveries
from data.store import Store

_MOST_STEPS = 20_000
_WARM_UP = 3
_ASKED = 100
Question = Callable[[Store, Delivery, Mode, datetime], object]


def _tile(store: Store, delivery: Delivery, mode: Mode, at: datetime) -> object:
    return tile(store, delivery, mode, at)


def _series(store: Store, delivery: Delivery, mode: Mode, _: datetime) -> object:
    """As the page asks: every minute, or every few minutes where the log speaks of a long time."""
    every = timedelta(minutes=1 + (delivery.observed_until - delivery.started_at) // timedelta(minutes=_MOST_STEPS))
    return series(store, delivery, mode, every)


def _rows(store: Store, delivery: Delivery, mode: Mode, at: datetime) -> object:
    return rows(store, delivery, Kpi.DELIVERED, mode, at)


def _ledger(store: Store, delivery: Delivery, mode: Mode, at: datetime) -> object:
    """What changed Delivered in the second half of the time."""
    return ledger(store, delivery, mode, delivery.started_at + (at - delivery.started_at) / 2, at)


def _domains(store: Store, delivery: Delivery, mode: Mode, at: datetime) -> object:
    return domains(store, delivery, mode, at)


QUESTIONS: dict[str, Question] = {
    "tile": _tile, "series": _series, "rows": _rows, "ledger": _ledger, "domain breakdown": _domains,
}  # fmt: skip


def ask_all(target: str) -> Cost:
    """Ask every question as often at any size: of deliveries and moments drawn by lot, in either mode."""
    with Store(Path(target)) as store:
        listed = deliveries(store)
        return {name: _percentile(_times(store, listed, question)) for name, question in QUESTIONS.items()}


def _times(store: Store, listed: list[Delivery], question: Question) -> list[float]:
    """Milliseconds of each question. The first ones load what Python and DuckDB load only once."""
    lot = Random(1)  # noqa: S311 - a benchmark, not a secret
    times = []
    for _ in range(_WARM_UP + _ASKED):
        delivery = lot.choice(listed)
        at = delivery.started_at + lot.random() * (delivery.ended_at - delivery.started_at)
        mode = lot.choice([Mode.WITH_EFS, Mode.WITHOUT_EFS])
        cost, _answer = measured(lambda asked=(delivery, mode, at): question(store, *asked))  # type: ignore[misc]
        times.append(cost["seconds"] * 1000)
    return times[_WARM_UP:]


def _percentile(milliseconds: list[float]) -> float:
    return float(pd.Series(milliseconds).quantile(0.95))
