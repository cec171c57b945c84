"""The change ledger: which transitions moved a KPI between two moments, to the message."""

from datetime import datetime

import pandas as pd

from analytics.engagement import engaged
from analytics.modes import Kpi, Mode, states_counting_as
from analytics.questions import asking
from analytics.state_counts import last_minute
from analytics.tile import check_mode
from data.deliveries import Delivery
from data.errors import SendlogError
from data.sentences import Sentence
from data.states import State
from data.store import Store

COLUMNS = ("from_state", "to_state", "kind", "recipient_domain", "reason", "messages", "change")


class ReversedMomentsError(SendlogError):
    """The first of two moments lies after the second."""


def ledger(
    store: Store,
    delivery: Delivery,
    mode: Mode,
    since: datetime,
    until: datetime | None = None,
    kpi: Kpi = Kpi.DELIVERED,
    *,
    with_test_profiles: bool = False,
) -> pd.DataFrame:
    """What changed a KPI's count after one moment, up to and including another (UTC; by default the last observed).

    One row per kind of transition, recipient domain and reason that changed it, in the order of states: from_state
    (none where the message was not known before), to_state, kind (the event), recipient_domain, reason (its name, none
    where none was told), messages (that made the transition), change (by so many the KPI's count rose or fell).
    The changes add up to the difference of the two tiles. Opened and Clicked change by no transition: their one row has
    a kind alone. Raises ReversedMomentsError, and NoDeliveryFeedbackError where the log cannot answer in this mode.
    """
    check_mode(delivery, mode)
    if until is not None and since > until:
        raise ReversedMomentsError(
            Sentence("{since} lies after {until}; give the earlier moment first.", since=since, until=until)
        )
    since, until = delivery.moment(since), delivery.moment(until)
    asked = {"delivery_key": delivery.delivery_key, "with_test_profiles": with_test_profiles}
    with asking(store) as ask:
        if kpi in (Kpi.OPENED, Kpi.CLICKED):
            moments = pd.DatetimeIndex([since, until])
            shown = engaged(ask, delivery, moments, with_test_profiles=with_test_profiles)[kpi.value]
            changes = _engagement(kpi, int(shown[1] - shown[0]))
        else:
            first, second = last_minute(delivery, since), last_minute(delivery, until)
            transitions = ask.frame(
                "ledger",
                since=since,
                since_minutes=first["whole_minutes"],
                since_after=first["after"],
                until=until,
                until_minutes=second["whole_minutes"],
                until_after=second["after"],
                **asked,
            )
            changes = transitions.assign(change=transitions["messages"] * effects(transitions, kpi, mode))
    return changes[changes["change"] != 0].reset_index(drop=True)


def effects(transitions: pd.DataFrame, kpi: Kpi, mode: Mode) -> pd.Series:
    """By how much each transition changes a KPI's count: 1, -1 or 0.

    transitions: from_state (none where the message was not known before), to_state.
    """
    before, after = transitions["from_state"].fillna(State.TARGETED), transitions["to_state"]
    if kpi is Kpi.SENT:
        return (after == State.IN_FLIGHT).astype("int64")
    counted = states_counting_as(kpi, mode)
    moved = after.isin(counted).astype("int64") - before.isin(counted)
    # Whoever is ever excluded was outside To deliver before as well.
    return moved.where(after != State.EXCLUDED, 0)


def _engagement(kpi: Kpi, messages: int) -> pd.DataFrame:
    row = dict.fromkeys(COLUMNS) | {"kind": kpi.value, "messages": messages, "change": messages}
    return pd.DataFrame([row])
