"""Incidents: hours in which more of a provider's messages failed than is usual."""

from datetime import datetime

import numpy as np
import numpy.typing as npt
import pandas as pd

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
"""By so much it lies above what is usual at the others, for providers differ."""
LEAST_MESSAGES = 50
"""Fewer messages tell of no usual rate, and are no incident."""
MOST_EARLIER = 3
"""Deliveries before this one that tell what is usual."""
_MOST_DOMAINS = 40
_MOST_APART = 2
"""Hours of one incident lie no further apart: retries pause in between."""
_FIGURES = ["failing", "sent"]

Numbers = npt.NDArray[np.float64]


def incident_hours(hours: FailureHours, earlier: list[FailureHours]) -> pd.DataFrame:
    """The hours in which more of a provider's messages failed than usual.

    A message is compared with messages of its own age to the same provider: in other hours of this delivery and in
    earlier ones. Of a provider without earlier deliveries it is compared with those to the others in this delivery as
    well. Messages with too few to compare with (LEAST_MESSAGES) are left out. An hour is an incident where the failing
    share of the messages sent lies beyond the band of the usual one, chance allowed for on both sides (BAND_WIDTH), and
    above it by more than LEAST_MARGIN, or OTHERS_MARGIN.
    Columns: recipient_domain, hour, failing, sent, rate, usual_low, usual_high (shares of sent, 0..1), and
    is_own (whether the usual rate is the provider's own).
    """
    known = _known(hours, earlier)
    own = _beyond(known, "own", LEAST_MARGIN)
    others = _beyond(known[~known["has_history"]], "others", OTHERS_MARGIN)
    beyond = pd.concat([own.assign(is_own=True), others.assign(is_own=False)], ignore_index=True)
    return beyond.drop_duplicates(["recipient_domain", "hour"]).reset_index(drop=True)


def _beyond(known: pd.DataFrame, usual: str, margin: float) -> pd.DataFrame:
    """The hours beyond the usual rate of the provider ("own") or of the others, of messages that can be compared."""
    known = known[known[f"{usual}_sent"] > 0]
    share, low, high = _band(known[f"{usual}_failing"].to_numpy(), known[f"{usual}_sent"].to_numpy())
    sent = known["sent"]
    expected = known.assign(usual=sent * share, usual_low=sent * low, usual_high=sent * high)
    figures = [*_FIGURES, "usual", "usual_low", "usual_high"]
    told = expected.groupby(["recipient_domain", "hour"])[figures].sum().reset_index()
    told = told[told["sent"] >= LEAST_MESSAGES]
    shares = told[["failing", "usual", "usual_low", "usual_high"]].div(told["sent"], axis=0)
    told = told.assign(rate=shares["failing"], usual_low=shares["usual_low"], usual_high=shares["usual_high"])
    _, least, _ = _band(told["failing"].to_numpy(), told["sent"].to_numpy())
    is_beyond = (least > told["usual_high"]) & (told["rate"] > shares["usual"] + margin)
    return told[is_beyond].drop(columns="usual")


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
    failing, sent, rate, usual_low, usual_high and is_own, and of all of it messages (with a failure, each counted once)
    and reason (the one told most often; NONE_TOLD where none was).
    """
    at = delivery.moment(at)
    spans = _spans(beyond)
    since = [delivery.started_at + HOUR * (hour - 1) for hour in spans["first_hour"].tolist()]
    until = [min(delivery.started_at + HOUR * hour, at) for hour in spans["last_hour"].tolist()]
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


def _known(hours: FailureHours, earlier: list[FailureHours]) -> pd.DataFrame:
    """Messages by recipient_domain, age and hour, with what is usual at their age: so many failing of so many sent.

    Columns own_failing and own_sent (of the provider), others_failing and others_sent, and has_history (whether earlier
    deliveries tell of the provider).
    """
    last = int(hours.results["hour"].max()) if len(hours.results) else 0
    sizes = hours.relayed.groupby("recipient_domain")["relayed"].sum().sort_values(ascending=False, kind="stable")
    shown = sizes.index[:_MOST_DOMAINS]
    cohorts = _cohorts(hours, shown, last)
    ages = ["recipient_domain", "age"]
    by_age = cohorts.groupby(ages)[_FIGURES].sum()
    known = [(one, min(last, one.known_by(hours.at))) for one in earlier]
    before = pd.concat([by_age.iloc[:0], *(_cohorts(one, shown, until) for one, until in known)])
    before = before.groupby(ages)[_FIGURES].sum() if len(before) else by_age.iloc[:0]
    keys = pd.MultiIndex.from_frame(cohorts[ages])
    in_all = pd.concat([by_age, before]).groupby(level=[0, 1]).sum().reindex(keys).to_numpy()
    own = _if_known(in_all - cohorts.groupby([*ages, "hour"])[_FIGURES].transform("sum").to_numpy())
    everywhere = cohorts.groupby("age")[_FIGURES].sum().reindex(cohorts["age"]).to_numpy()
    others = _if_known(everywhere - by_age.reindex(keys).to_numpy())
    told = before[before["sent"] >= LEAST_MESSAGES].index.get_level_values(0)
    return cohorts.assign(
        own_failing=own[:, 0],
        own_sent=own[:, 1],
        others_failing=others[:, 0],
        others_sent=others[:, 1],
        has_history=cohorts["recipient_domain"].isin(told),
    )


def _cohorts(hours: FailureHours, domains: pd.Index, last: int) -> pd.DataFrame:
    """Per domain, hour and age of the messages in hours (0 in that of their relay): sent and failing."""
    relayed = hours.relayed[hours.relayed["recipient_domain"].isin(domains) & (hours.relayed["relay_hour"] <= last)]
    cohorts = relayed.merge(pd.DataFrame({"hour": range(1, last + 1)}), how="cross")
    cohorts = cohorts[cohorts["hour"] >= cohorts["relay_hour"]]
    failing = hours.results[["recipient_domain", "hour", "relay_hour", "failing"]]
    cohorts = cohorts.merge(failing, on=["recipient_domain", "hour", "relay_hour"], how="left")
    cohorts = cohorts.assign(age=cohorts["hour"] - cohorts["relay_hour"]).rename(columns={"relayed": "sent"})
    return cohorts.fillna({"failing": 0}).astype({"failing": "int64"})


def _if_known(told: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Failing and sent where enough messages were sent, else nothing."""
    return np.where(told[:, 1:] >= LEAST_MESSAGES, told, 0)


def _band(failing: npt.NDArray[np.int64], sent: npt.NDArray[np.int64]) -> tuple[Numbers, Numbers, Numbers]:
    """A share (0..1) of what was sent, and between which bounds the true one lies, by Wilson's score interval."""
    share, z2 = failing / sent, BAND_WIDTH**2
    middle = (share + z2 / (2 * sent)) / (1 + z2 / sent)
    half = BAND_WIDTH * np.sqrt(share * (1 - share) / sent + z2 / (4 * sent**2)) / (1 + z2 / sent)
    return share, middle - half, middle + half
