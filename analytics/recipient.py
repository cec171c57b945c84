"""Everything that ever happened to one address, over all deliveries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from analytics.engagement import OPENING
from analytics.modes import READINGS, Mode
from analytics.questions import asking
from data.deliveries import Delivery
from data.events import Kind
from data.states import State
from data.store import Store


@dataclass(frozen=True)
class Recipient:
    """What the logs tell of one address.

    events: a row per event, by time, with delivery_key, message_key, address (masked unless asked for), message_id,
    kind, event_time (UTC), attempt (the number of the one that it ended), smtp_code, enhanced_status, failure_type,
    nature_of_failure, reason (the text of the reply), link, source (the file's name), line, test_profile.
    changes: a row per change of a message's state, by time, with delivery_key, message_key, moved_at (UTC) and state
    (after it).
    """

    events: pd.DataFrame
    changes: pd.DataFrame


@dataclass(frozen=True)
class History:
    """What is known of an address at the moments of its deliveries, without what a filter leaves out.

    events, changes: as in Recipient, the events with delivery (its label). messages: a row per message, the latest
    delivery first, with delivery_key, delivery_id, delivery, started_at, as_of, message_key, message_id, state, a
    status for each mode under its name (none where the delivery's log cannot answer in it), opened_at and clicked_at
    (the first ones), is_to_deliver, test_profile.
    """

    messages: pd.DataFrame
    events: pd.DataFrame
    changes: pd.DataFrame


def recipient(store: Store, address: str, *, masked: bool = True) -> Recipient:
    """What the logs tell of an address: its domain in any case, what stands before it exactly as logged."""
    local, at_sign, domain = address.strip().rpartition("@")
    with asking(store) as ask:
        # Without an @, all of it is local.
        events = ask.frame(
            "recipient_event",
            local=local + at_sign if at_sign else domain,
            domain=domain.lower() if at_sign else "",
            masked=masked,
        )
        changes = ask.frame(
            "recipient_change",
            delivery_keys=events["delivery_key"].unique().tolist(),
            messages=events["message_key"].unique().tolist(),
        )
    return Recipient(events.astype({"line": "Int64", "attempt": "Int64", "smtp_code": "Int64"}), changes)


def address_of(store: Store, delivery: Delivery, message_key: int) -> str | None:
    """The address of a message of a delivery, as logged; None where there is no such message."""
    with asking(store) as ask:
        found = ask.frame("recipient_of_message", delivery_key=delivery.delivery_key, message_key=message_key)
    address: str | None = found["address"].iloc[0]
    return None if pd.isna(address) else address


def history(
    known: Recipient,
    deliveries: Sequence[Delivery],
    chosen: Delivery,
    at: datetime,
    *,
    with_test_profiles: bool = False,
) -> History:
    """What is known of an address: of the chosen delivery at a moment, of the others at the last one observed."""
    events, changes = known.events, known.changes
    tests = events.loc[events["test_profile"], "message_key"] if not with_test_profiles else events["message_key"][:0]
    events = events[~events["message_key"].isin(tests)]
    messages = _messages(events, changes, deliveries, chosen, at)
    is_later = events["delivery_key"].eq(chosen.delivery_key) & events["event_time"].gt(at)
    labels = {delivery.delivery_key: delivery.label for delivery in deliveries}
    shown = events[~is_later].assign(delivery=lambda told: told["delivery_key"].map(labels))
    is_known = ~(changes["delivery_key"].eq(chosen.delivery_key) & changes["moved_at"].gt(at))
    return History(messages, shown, changes[is_known & changes["message_key"].isin(events["message_key"])])


def _messages(
    events: pd.DataFrame, changes: pd.DataFrame, deliveries: Sequence[Delivery], chosen: Delivery, at: datetime
) -> pd.DataFrame:
    """A row per message, the latest delivery first."""
    moments = {delivery.delivery_key: delivery.moment(None) for delivery in deliveries}
    moments[chosen.delivery_key] = chosen.moment(at)
    messages = events.groupby("message_key", sort=False)[["delivery_key", "message_id", "test_profile"]].first()
    told = pd.DataFrame(
        {
            "delivery_key": [one.delivery_key for one in deliveries],
            "delivery_id": [one.delivery_id for one in deliveries],
            "delivery": [one.label for one in deliveries],
            "started_at": pd.to_datetime([one.started_at for one in deliveries]),
            "as_of": pd.to_datetime([moments[one.delivery_key] for one in deliveries]),
            "has_delivery_feedback": [one.has_delivery_feedback for one in deliveries],
        }
    )
    messages = messages.reset_index().merge(told, on="delivery_key")
    keys = messages["message_key"]
    is_now = changes["moved_at"].le(changes["delivery_key"].map(moments))
    states: pd.Series = changes[is_now].groupby("message_key")["state"].last()
    excluded = changes.loc[changes["state"] == State.EXCLUDED, "message_key"]
    is_told = events["event_time"].le(events["delivery_key"].map(moments))
    messages = messages.assign(
        # Whoever is ever excluded is outside To deliver all along, as in the sending log.
        state=states.reindex(keys)
        .fillna(State.TARGETED.value)
        .mask(keys.isin(excluded).to_numpy(), State.EXCLUDED.value)
        .to_numpy(),
        opened_at=_first(events[is_told], OPENING).reindex(keys).to_numpy(),
        clicked_at=_first(events[is_told], (Kind.CLICKED,)).reindex(keys).to_numpy(),
        is_to_deliver=~keys.isin(excluded),
    )
    for mode in Mode:
        messages[mode.value] = _statuses(messages, mode)
    return messages.sort_values(["started_at", "delivery_id", "message_id"], ascending=[False, True, True])


def _first(events: pd.DataFrame, kinds: Sequence[Kind]) -> pd.Series:
    """The first moment of such an event, by message."""
    return events[events["kind"].isin(kinds)].groupby("message_key")["event_time"].min()


def _statuses(messages: pd.DataFrame, mode: Mode) -> pd.Series:
    statuses = {state.value: reading.status.value for state, reading in READINGS[mode].items()}
    is_answered = messages["has_delivery_feedback"] | (mode is Mode.WITHOUT_EFS)
    return messages["state"].map(statuses).where(is_answered, np.nan)


def status_spans(known: History, mode: Mode) -> pd.DataFrame:
    """How long each message had which status in a mode, up to its delivery's moment; none where its log cannot answer.

    Columns: message_key, status, begins, ends (UTC), by message and time.
    """
    told = known.messages.loc[known.messages[mode.value].notna(), ["message_key", "as_of"]]
    spans = known.changes.merge(told, on="message_key")
    following = spans.groupby("message_key")["moved_at"].shift(-1)
    statuses = {state.value: reading.status.value for state, reading in READINGS[mode].items()}
    spans = spans.assign(
        status=spans["state"].map(statuses), begins=spans["moved_at"], ends=following.fillna(spans["as_of"])
    )
    return spans.sort_values(["message_key", "begins"], kind="stable")[["message_key", "status", "begins", "ends"]]
