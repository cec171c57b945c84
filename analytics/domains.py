"""The messages of a delivery by the domain of their recipients."""

from datetime import datetime

import numpy as np
import pandas as pd

from analytics.kpis import Base, kpis
from analytics.modes import Mode
from analytics.questions import asking
from analytics.state_counts import counts_by, last_minute
from analytics.tile import check_mode
from data.deliveries import Delivery
from data.store import Store

COLUMNS = (
    *("recipient_domain", "to_deliver", "sent", "delivered", "bounces_errors", "pending", "canceled", "base_count"),
    *("sent_rate", "delivered_rate", "bounces_errors_rate"),
)


def domains(
    store: Store,
    delivery: Delivery,
    mode: Mode,
    at: datetime | None = None,
    base: Base | None = None,
    *,
    with_test_profiles: bool = False,
) -> pd.DataFrame:
    """The tile of each recipient domain at a moment (UTC; by default the last observed), the largest first.

    One row per domain to deliver to: recipient_domain (lower case; empty where an address has none), the counts of
    messages to_deliver, sent, delivered, bounces_errors, pending, canceled and base_count, each of which adds up to the
    tile's, and of the domain's own base the shares sent_rate, delivered_rate and bounces_errors_rate (0..1, NaN where
    the base is 0).
    Raises NoDeliveryFeedbackError where the log cannot answer in this mode.
    """
    check_mode(delivery, mode)
    asked = last_minute(delivery, delivery.moment(at))
    with asking(store) as ask:
        transitions = ask.columns("domain_count", with_test_profiles=with_test_profiles, **asked)
    places, names = pd.factorize(transitions["recipient_domain"])
    counts = counts_by(transitions, places, len(names))
    unknown = np.zeros(len(names), dtype=np.int64)
    told = kpis(counts | {"opened": unknown, "clicked": unknown}, mode, base)
    by_domain = pd.DataFrame({"recipient_domain": names} | told)[list(COLUMNS)]
    listed = by_domain[by_domain["to_deliver"] > 0]
    return listed.sort_values(["to_deliver", "recipient_domain"], ascending=[False, True], ignore_index=True)
