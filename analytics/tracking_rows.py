"""The tracking log: the events behind the figures of opens and clicks, page by page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import pandas as pd

from analytics.engagement import MACHINE_WITHIN
from analytics.machine_opens import delay_span
from analytics.questions import asking
from analytics.tracking_figures import HOUR
from data.deliveries import Delivery
from data.events import Kind
from data.store import Store

COLUMNS = ("date", "address", "kind", "link", "is_machine", "seconds", "message_id", "test_profile", "source", "line")
_MICROSECOND = timedelta(microseconds=1)


class Listed(StrEnum):
    """Which events are listed. The values stand in the URL."""

    ALL = "all"
    OPENED = "opened"
    CLICKED = "clicked"
    OPTED_OUT = "opted-out"
    COMPLAINED = "complained"
    FIRST = "first"
    """The first opening of each message, told or implied: one row per message opened."""
    INFERRED = "inferred"
    """The same, of messages of which no opening is told: a click or an opt-out implies it."""


class Machine(StrEnum):
    """Whether an event is likely a machine's. The values stand in the URL and in the question."""

    ALL = "all"
    YES = "yes"
    NO = "no"
    UNJUDGED = "unjudged"
    """The message was not accepted by the moment, so that there is nothing to judge by."""


_KINDS = {
    Listed.OPENED: [Kind.OPENED.value],
    Listed.CLICKED: [Kind.CLICKED.value],
    Listed.OPTED_OUT: [Kind.UNSUBSCRIBED.value],
    Listed.COMPLAINED: [Kind.COMPLAINED.value],
}


@dataclass(frozen=True)
class Conditions:
    """Which events are listed; whatever is given must hold.

    link: "" for events without one. hour: where it begins. delay: a step of machine_opens.DELAYS between the message's
    acceptance and the event.
    """

    listed: Listed = Listed.ALL
    machine: Machine = Machine.ALL
    link: str | None = None
    hour: datetime | None = None
    delay: int | None = None


def tracking_rows(
    store: Store,
    delivery: Delivery,
    conditions: Conditions,
    at: datetime | None = None,
    *,
    with_test_profiles: bool = False,
    masked: bool = True,
    limit: int = 100,
    offset: int = 0,
) -> tuple[pd.DataFrame, int]:
    """A page of the events that meet the conditions, the latest first, and how many meet them in all.

    Columns: date (UTC), address (masked unless asked for, in the query), kind, link, is_machine (none where it cannot
    be judged), seconds (since the message's acceptance), message_id, test_profile, source (the file's name), line.
    """
    longer_than, within = (None, None) if conditions.delay is None else delay_span(conditions.delay)
    if conditions.delay == 0:
        longer_than = -_MICROSECOND
    with asking(store) as ask:
        told = ask.frame(
            "tracking_row",
            delivery_key=delivery.delivery_key,
            at=delivery.moment(at),
            with_test_profiles=with_test_profiles,
            machine_within=MACHINE_WITHIN // _MICROSECOND,
            kinds=_KINDS.get(conditions.listed, []),
            first=conditions.listed in (Listed.FIRST, Listed.INFERRED),
            inferred=conditions.listed is Listed.INFERRED,
            machine=conditions.machine.value,
            link=conditions.link,
            since=conditions.hour or datetime.min,
            until=conditions.hour + HOUR if conditions.hour else datetime.max,
            delay_after=None if longer_than is None else longer_than // _MICROSECOND,
            delay_within=None if within is None else within // _MICROSECOND,
            masked=masked,
            limit=limit,
            offset=offset,
        )
    listed = told[told["date"].notna()].reset_index(drop=True)
    return listed[list(COLUMNS)].astype({"line": "Int64", "is_machine": "boolean"}), int(told["total"].iloc[0])
