"""What the sending log of a delivery can be filtered by."""

from dataclasses import dataclass

from analytics.questions import asking
from data.deliveries import Delivery
from data.store import Store


@dataclass(frozen=True)
class LogValues:
    """The values that occur, the most frequent first; analytics.selection.NONE_TOLD where none is told."""

    domains: tuple[str, ...]
    """Of the recipients, in lower case."""
    reasons: tuple[str, ...]
    """Of failures, cancellations and exclusions: what the log calls the nature of failure."""


def log_values(store: Store, delivery: Delivery) -> LogValues:
    """The values that ever occur in a delivery, those of test profiles among them."""
    with asking(store) as ask:
        answer = ask.columns("log_value", delivery_key=delivery.delivery_key)
    told = {name: tuple(answer["value"][answer["asked_by"] == name].tolist()) for name in ("domain", "reason")}
    return LogValues(told["domain"], told["reason"])
