"""Who opened and clicked, and when: in events and in distinct messages, measured and inferred."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.domains import domains
from analytics.engagement import MACHINE_WITHIN
from analytics.kpis import share
from analytics.modes import Kpi, Mode, states_counting_as
from analytics.questions import Columns, asking
from analytics.tile import check_mode
from analytics.tracking_figures import EVENT_FIGURES, MESSAGE_FIGURES, is_met
from data.deliveries import Delivery
from data.states import State
from data.store import Store


@dataclass(frozen=True)
class Tracking:
    """What is told of opens and clicks up to a moment, of all messages as on the tile: excluded ones count as well.

    total: every figure of MESSAGE_FIGURES and EVENT_FIGURES. hours, domains, links: a row per hour (where it begins,
    UTC; its own first moment belongs to the hour before), recipient_domain and link of which something is told, with
    the same figures as columns; a message counts once in each row. links: only those clicked, the most clicked first,
    with the share_of_clicked: of the messages clicked at all, those in which this link was (0..1).
    """

    total: dict[str, int]
    hours: pd.DataFrame
    domains: pd.DataFrame
    links: pd.DataFrame


def tracking(
    store: Store, delivery: Delivery, mode: Mode, at: datetime | None = None, *, with_test_profiles: bool = False
) -> Tracking:
    """What is told of opens, clicks, opt-outs and complaints up to a moment (UTC; by default the last observed).

    Raises NoDeliveryFeedbackError where the log cannot answer in this mode, which says who failed.
    """
    check_mode(delivery, mode)
    failed = states_counting_as(Kpi.BOUNCES_ERRORS, mode)
    with asking(store) as ask:
        told = ask.columns(
            "tracking",
            delivery_key=delivery.delivery_key,
            at=delivery.moment(at),
            with_test_profiles=with_test_profiles,
            failed_states=[list(State).index(state) for state in failed],
            machine_within=MACHINE_WITHIN // timedelta(microseconds=1),
        )
    sums = _figures(told, "all").drop(columns="all").sum()
    total = {str(name): int(count) for name, count in sums.items()}
    links = _clicked_links(_figures(told, "link"), total["clicked"])
    return Tracking(total, _figures(told, "hour"), _figures(told, "recipient_domain"), links)


def tracking_by_domain(
    store: Store,
    delivery: Delivery,
    mode: Mode,
    tracked: Tracking,
    at: datetime | None = None,
    *,
    with_test_profiles: bool = False,
) -> pd.DataFrame:
    """The recipient domains of a delivery, the one with the most messages delivered first, one row each.

    tracked: of the same moment. Columns: recipient_domain, delivered (messages that count so in the mode), the figures
    of MESSAGE_FIGURES, and of delivered the shares open_rate, click_rate and those without machines (0..1, or above 1
    where failed messages were opened; NaN where nothing is delivered).
    """
    delivered = domains(store, delivery, mode, at, with_test_profiles=with_test_profiles)
    both = delivered[["recipient_domain", "delivered"]].merge(tracked.domains, how="outer", on="recipient_domain")
    both = both.fillna({name: 0 for name in both.columns if name != "recipient_domain"})
    counts = both.astype({name: "int64" for name in both.columns if name != "recipient_domain"})
    base = counts["delivered"].to_numpy()
    shares = {
        rate: share(counts[figure].to_numpy(), base)
        for rate, figure in (
            ("open_rate", "opened"),
            ("click_rate", "clicked"),
            ("open_rate_without_machines", "opened_without_machines"),
            ("click_rate_without_machines", "clicked_without_machines"),
        )
    }
    ordered = counts.assign(**shares).sort_values(["delivered", "recipient_domain"], ascending=[False, True])
    return ordered.reset_index(drop=True)


def _clicked_links(links: pd.DataFrame, clicked: int) -> pd.DataFrame:
    """The links of clicks, the most clicked first, with the share of the messages clicked at all."""
    listed = links[links["clicks"] > 0].sort_values(["clicks", "link"], ascending=[False, True], ignore_index=True)
    return listed.assign(share_of_clicked=share(listed["clicked"].to_numpy(), np.full(len(listed), clicked)))


def _figures(told: Columns, grouped_by: str) -> pd.DataFrame:
    """A row per hour, domain or link, or one for all, with every figure."""
    chosen = told["grouped_by"] == grouped_by
    flags = told["flags"][chosen]
    keys = np.zeros(len(flags)) if grouped_by == "all" else np.ma.getdata(told[grouped_by])[chosen]
    names, places = np.unique(keys, return_inverse=True)
    columns: dict[Hashable, object] = {grouped_by: names}
    for rules, counted in ((MESSAGE_FIGURES, "messages"), (EVENT_FIGURES, "events")):
        for figure, rule in rules.items():
            columns[figure] = _sums(told[counted][chosen], places, len(names), is_met(flags, rule))
    return pd.DataFrame(columns)


def _sums(
    counts: npt.NDArray[np.int64], places: npt.NDArray[np.int64], groups: int, counted: npt.NDArray[np.bool_]
) -> npt.NDArray[np.int64]:
    sums = np.zeros(groups, dtype=np.int64)
    np.add.at(sums, places[counted], counts[counted])
    return sums
