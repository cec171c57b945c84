"""Incidents: hours in which more of a provider's messages failed than is usual."""

from datetime import datetime
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from analytics.cohorts import MOST_AGE, Cells, Cohorts, Counted
from analytics.failure_hours import HOUR, FailureHours
from analytics.failures import KIND_PLACES
from analytics.questions import asking
from data.deliveries import Delivery
from data.store import Store

BAND_WIDTH = 3.0
"""Standard errors on either side of a rate within which it may vary by chance (Wilson's interval)."""
LEAST_MARGIN = 0.05
"""By so much a rate lies above what is usual at the provider besides, as a share of the messages sent."""
OTHERS_MARGIN = 0.25
"""By so much it lies above what was usual there before, or is usual at the others: deliveries and providers differ."""
LEAST_MESSAGES = 50
"""Fewer messages tell of no usual rate, and are no incident."""
MOST_EARLIER = 1
"""Deliveries before this one that tell what is usual: more would take longer to ask than they would add."""
_MOST_DOMAINS = 40
_MOST_APART = 2
"""Hours of one incident lie no further apart: retries pause in between."""

Numbers = npt.NDArray[np.float64]


class Against(StrEnum):
    """What a rate is held against; the first that it leaves is told."""

    OWN = "own"
    BEFORE = "before"
    OTHERS = "others"


def incident_hours(hours: FailureHours, earlier: list[FailureHours]) -> pd.DataFrame:
    """The hours in which more of a provider's messages failed than usual.

    A message is compared with messages of its own age to the same provider, in other hours of this delivery and in
    earlier ones. As an outage that lasts is usual in this delivery, it is compared with the earlier ones alone as well;
    where they do not tell of the provider, with the others in this delivery. Who always puts off much is no incident.
    Messages with too few to compare with (LEAST_MESSAGES) are left out. An hour is an incident where the failing share
    of the messages sent lies beyond the band of the usual one, chance allowed for on both sides (BAND_WIDTH), and above
    it by more than LEAST_MARGIN, or OTHERS_MARGIN.
    Columns: recipient_domain, hour, failing, sent, rate, usual_low, usual_high (shares of sent, 0..1), and against
    (whose rate is the usual one, see Against).
    """
    last = int(hours.results["hour"].max()) if len(hours.results) else 0
    sizes = hours.relayed.groupby("recipient_domain")["relayed"].sum().sort_values(ascending=False, kind="stable")
    shown, ages = sizes.index[:_MOST_DOMAINS], min(last + 1, MOST_AGE)
    now = Cohorts(hours, shown, last)
    by_age = now.by_age(ages)
    before = _sum(
        [Cohorts(one, shown, min(last, one.known_by(hours.at))).by_age(ages) for one in earlier], by_age.sent.shape
    )
    own = _sum([by_age, before], by_age.sent.shape)
    others = Counted(*(counts.sum(axis=0) - counts for counts in by_age))
    beyond = []
    for cells in now.cells():
        at_all, earlier_on, elsewhere = (
            Counted(*(counts[cells.place, cells.age] for counts in usual)) for usual in (own, before, others)
        )
        in_other_hours = Counted(*(all_of - here for all_of, here in zip(at_all, cells.counted, strict=True)))
        elsewhere = elsewhere._replace(sent=np.where(earlier_on.sent < LEAST_MESSAGES, elsewhere.sent, 0))
        beyond += [
            _beyond(cells, in_other_hours, LEAST_MARGIN, shown).assign(against=Against.OWN),
            _beyond(cells, earlier_on, OTHERS_MARGIN, shown).assign(against=Against.BEFORE),
            _beyond(cells, elsewhere, OTHERS_MARGIN, shown).assign(against=Against.OTHERS),
        ]
    return pd.concat(beyond).drop_duplicates(["recipient_domain", "hour"]).reset_index(drop=True)


def _sum(parts: list[Counted], shape: tuple[int, ...]) -> Counted:
    """Element by element."""
    nothing = Counted(np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64))
    return Counted(*(sum(counts) for counts in zip(nothing, *parts, strict=True)))


def _beyond(cells: Cells, usual: Counted, margin: float, domains: pd.Index) -> pd.DataFrame:
    """The hours beyond the usual rate, of the messages that can be compared."""
    hours = int(cells.hour.max(initial=0)) + 1
    figures = _figures(cells, usual, hours)
    figures = figures[figures["sent"] >= LEAST_MESSAGES]
    counts = figures[["failing", "sent"]].astype("int64")
    shares = figures.div(figures["sent"], axis=0)
    _, least, _ = _band(counts["failing"].to_numpy(), counts["sent"].to_numpy())
    is_beyond = (least > shares["usual_high"]) & (shares["failing"] > shares["usual"] + margin)
    told = shares[is_beyond]
    return pd.DataFrame(
        {
            "recipient_domain": domains[told.index // hours],
            "hour": told.index % hours,
            "failing": counts["failing"][is_beyond],
            "sent": counts["sent"][is_beyond],
            "rate": told["failing"],
            "usual_low": told["usual_low"],
            "usual_high": told["usual_high"],
        }
    )


def _figures(cells: Cells, usual: Counted, hours: int) -> pd.DataFrame:
    """A row per domain and hour, at domain * hours + hour, of the messages with enough to compare with.

    Columns: failing and sent (messages), usual, usual_low and usual_high: as many as would fail of them usually, by the
    share of those they are compared with and by the ends of its band.
    """
    is_known = usual.sent >= LEAST_MESSAGES
    share, low, high = _band(usual.failing[is_known], usual.sent[is_known])
    sent = cells.counted.sent[is_known]
    group = cells.place[is_known] * hours + cells.hour[is_known]
    numbers = {
        "failing": cells.counted.failing[is_known],
        "sent": sent,
        "usual": sent * share,
        "usual_low": sent * low,
        "usual_high": sent * high,
    }
    return pd.DataFrame(
        {name: np.bincount(group, weights=of_cells, minlength=1) for name, of_cells in numbers.items()}
    ).astype(np.float64)


def incidents(
    store: Store,
    delivery: Delivery,
    beyond: pd.DataFrame,
    at: datetime | None = None,
    *,
    with_test_profiles: bool = False,
) -> pd.DataFrame:
    """The incidents that the hours of incident_hours() make up, the one that hit the most messages first.

    Columns: recipient_domain, first_hour and last_hour (since the start), since and until (UTC), of the worst hour
    failing, sent, rate, usual_low, usual_high and against, and of all of it messages (with a failure, each counted
    once) and reason (the one told most often; NONE_TOLD where none was).
    """
    at = delivery.moment(at)
    spans = _spans(beyond)
    since = [delivery.started_at + HOUR * (hour - 1) for hour in spans["first_hour"].tolist()]
    until = [min(delivery.started_at + HOUR * hour, at) for hour in spans["last_hour"].tolist()]
    if spans.empty:
        return spans.assign(since=[], until=[], messages=[], reason=[])
    with asking(store) as ask:
        told = ask.frame(
            "incident_failure",
            delivery_key=delivery.delivery_key,
            at=at,
            domains=spans["recipient_domain"].tolist(),
            sinces=[moment if hour > 1 else None for hour, moment in zip(spans["first_hour"], since, strict=True)],
            untils=until,
            kinds=KIND_PLACES,
            with_test_profiles=with_test_profiles,
        )
    whole = spans.assign(since=since, until=until, messages=told["messages"], reason=told["reason"])
    return whole.sort_values("messages", ascending=False, ignore_index=True, kind="stable")


def _spans(beyond: pd.DataFrame) -> pd.DataFrame:
    """Hours of a domain near each other as one: its worst hour with first_hour and last_hour."""
    ordered = beyond.sort_values(["recipient_domain", "hour"], ignore_index=True)
    is_other = ordered["recipient_domain"] != ordered["recipient_domain"].shift()
    place = (is_other | (ordered["hour"].diff() > _MOST_APART)).cumsum()
    by_span = ordered.groupby(place)
    worst = ordered.loc[by_span["rate"].idxmax()].drop(columns="hour").reset_index(drop=True)
    return worst.assign(first_hour=by_span["hour"].min().to_numpy(), last_hour=by_span["hour"].max().to_numpy())


def _band(failing: npt.NDArray[np.int64], sent: npt.NDArray[np.int64]) -> tuple[Numbers, Numbers, Numbers]:
    """A share (0..1) of what was sent, and between which bounds the true one lies, by Wilson's score interval."""
    share, z2 = failing / sent, BAND_WIDTH**2
    middle = (share + z2 / (2 * sent)) / (1 + z2 / sent)
    half = BAND_WIDTH * np.sqrt(share * (1 - share) / sent + z2 / (4 * sent**2)) / (1 + z2 / sent)
    return share, middle - half, middle + half
