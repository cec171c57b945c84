"""The deliveries that a store holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd

from data.errors import DeliveryNotFoundError
from data.sentences import Sentence
from data.statements import run
from data.store import Store

LATE_BOUNCES = timedelta(days=7)
"""Asynchronous bounces arrive up to a week after the send."""


@dataclass(frozen=True)
class Delivery:
    """One send. Times are UTC."""

    delivery_key: int
    delivery_id: str
    label: str
    channel: str
    format: str
    validity_hours: float
    started_at: datetime
    """First relay to anyone but a test profile."""
    last_relayed_at: datetime | None
    observed_from: datetime
    """First moment that the delivery's logs speak of; later than the start where a log begins in its middle."""
    observed_until: datetime
    """Last moment that the delivery's logs speak of."""
    stats_until: datetime | None
    """Up to when Compute stats brought the opens and clicks; None where it was never asked."""
    messages: int
    has_delivery_feedback: bool
    tells_engagement: bool
    """Whether its logs can tell of opens and clicks; where not, their rates are unknown, not 0."""
    time_assumed: bool
    """Whether the zone or the year of some times was guessed."""
    ended_at: datetime
    """End of the validity period: last relay + validity."""

    def moment(self, at: datetime | None) -> datetime:
        """The moment itself, or the last one observed where none is given or it lies beyond."""
        return self.observed_until if at is None else min(at, self.observed_until)


def deliveries(store: Store) -> list[Delivery]:
    """All deliveries, newest first."""
    return _listed(store, None)


def delivery(store: Store, delivery_id: str) -> Delivery:
    """One delivery. Raises DeliveryNotFoundError."""
    found = _listed(store, delivery_id)
    if not found:
        raise DeliveryNotFoundError(
            Sentence(
                "There is no delivery {delivery_id}; `python -m data deliveries` lists those in the store.",
                delivery_id=delivery_id,
            )
        )
    return found[0]


def _listed(store: Store, delivery_id: str | None) -> list[Delivery]:
    with store.cursor() as cursor:
        rows = run(cursor, "delivery_list", delivery_id=delivery_id).fetchdf().to_dict("records")
    return [Delivery(**{str(name): _value(value) for name, value in row.items()}) for row in rows]  # type: ignore[arg-type]


def _value(value: object) -> object:
    if value is pd.NaT:
        return None
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value
