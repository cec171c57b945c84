"""When validity periods end, as known at a moment."""

from dataclasses import dataclass
from datetime import datetime

import pandas as pd

from analytics.questions import asking
from data.deliveries import Delivery
from data.store import Store


@dataclass(frozen=True)
class ValidityEnds:
    """The latest ends (UTC): as set, or as the log names them by the moment."""

    of_all: datetime
    of_retrying: datetime | None
    """Of the messages that are being retried at the moment; None where none is."""


def validity_ends(
    store: Store, delivery: Delivery, at: datetime | None = None, *, with_test_profiles: bool = False
) -> ValidityEnds:
    """When the last validity periods end, as known at a moment (UTC; by default the last observed)."""
    asked = {"delivery_key": delivery.delivery_key, "at": delivery.moment(at)}
    with asking(store) as ask:
        told = _moment(ask.frame("last_expiry", **asked)["last_expiry"][0])
        retried = ask.frame("retrying_end", with_test_profiles=with_test_profiles, **asked)["retrying_end"][0]
    return ValidityEnds(max(delivery.ended_at, told or delivery.ended_at), _moment(retried))


def _moment(known: pd.Timestamp) -> datetime | None:
    return None if pd.isna(known) else known.to_pydatetime()
