"""Compute stats: one delivery folded from scratch, and compared with what the store held."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from data.deliveries import delivery
from data.fold import fold
from data.preparation import prepare
from data.statements import run
from data.store import Store, told_failures


@dataclass(frozen=True)
class Recomputation:
    """What Compute stats found."""

    messages: int
    events: int
    differences: int
    """Transitions and counts that the store held otherwise; 0 unless the store was damaged."""
    stats_until: datetime
    """The moment (UTC) that opens and clicks now reach."""


def recompute(store: Store, delivery_id: str, progress: Callable[[str], None] = lambda _: None) -> Recomputation:
    """Fold every message of a delivery anew from its events and bring its KPIs up to the last of them.

    Raises DeliveryNotFoundError.
    """
    about = delivery(store, delivery_id)
    with told_failures(), store.transaction() as cursor:
        prepare(cursor)
        run(cursor, "before_recomputation", delivery_key=about.delivery_key)
        fold(cursor, None, progress)
        run(cursor, "recomputation", delivery_key=about.delivery_key)
        messages, events, differences, stats_until = cursor.fetchall()[0]
        cursor.execute("UPDATE store SET data_version = data_version + 1")
    return Recomputation(messages, events, differences, stats_until)
