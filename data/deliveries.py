"""The deliveries that a store holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pandas as pd

from analytics.modes import NEEDS_FEEDBACK, Mode
from analytics.questions import ask
from data.errors import DeliveryNotFoundError, NoDeliveryFeedbackError
from data.store import Store

LATE_BOUNCES = timedelta(days=7)
"""Asynchronous bounces arrive up to a week after the send (DOMAIN section 3)."""


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
    observed_until: datetime
    """Last moment that the delivery's logs speak of."""
    stats_until: datetime | None
    """Up to when Compute stats brought the opens and clicks; None where it was never asked."""
    messages: int
    has_delivery_feedback: bool
    time_assumed: bool
    """Whether the zone or the year of some times was guessed."""
    ended_at: datetime
    """End of the validity period: last relay + validity."""

    def moment(self, at: datetime | None) -> datetime:
        """The moment itself, or the last one observed where none is given or it lies beyond."""
        return self.observed_until if at is None else min(at, self.observed_until)

    def check_mode(self, mode: Mode) -> None:
        """Raise NoDeliveryFeedbackError where the log cannot answer in this mode."""
        if mode in NEEDS_FEEDBACK and not self.has_delivery_feedback:
            raise NoDeliveryFeedbackError(
                f"{self.label}: the log has no delivery feedback (no acceptance or deferral), so the view with the Email "
                "Feedback Service cannot be derived; ask for without-efs."
            )


def deliveries(store: Store) -> list[Delivery]:
    """All deliveries, newest first."""
    return [_delivery(row) for row in ask(store, "delivery", delivery_id=None).to_dict("records")]


def delivery(store: Store, delivery_id: str) -> Delivery:
    """One delivery. Raises DeliveryNotFoundError."""
    rows = ask(store, "delivery", delivery_id=delivery_id).to_dict("records")
    if not rows:
        raise DeliveryNotFoundError(
            f"There is no delivery {delivery_id}; `python -m data deliveries` lists those in the store."
        )
    return _delivery(rows[0])


def _delivery(row: dict[str, object]) -> Delivery:
    return Delivery(**{str(name): _value(value) for name, value in row.items()})  # type: ignore[arg-type]


def _value(value: object) -> object:
    if value is pd.NaT:
        return None
    return value.to_pydatetime() if isinstance(value, pd.Timestamp) else value
