"""The fold once more, event by event in plain Python: slow, obvious, and the judge of the SQL."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from data.events import ENGAGEMENT, RANK, Kind
from data.states import TRANSITIONS, State


class Event(NamedTuple):
    """One line of a log."""

    kind: Kind
    event_time: datetime
    message_id: str
    recipient: str
    delivery_id: str
    queued_at: datetime | None = None


class Move(NamedTuple):
    """One transition of a message."""

    moved_at: datetime
    from_state: State | None
    to_state: State


@dataclass
class Story:
    """What became of one message."""

    moves: list[Move] = field(default_factory=list)
    contradictions: int = 0

    def state_at(self, at: datetime) -> State:
        """The state at a moment; targeted before anything happened."""
        return next((move.to_state for move in reversed(self.moves) if move.moved_at <= at), State.TARGETED)


def stories(
    events: Iterable[Event], validity: timedelta, observed_until: datetime
) -> dict[tuple[str, str, str], Story]:
    """Every message's story, by (delivery_id, message_id, recipient)."""
    by_message = defaultdict(list)
    for event in set(events):
        by_message[event.delivery_id, event.message_id, event.recipient].append(event)
    return {message: _story(told, validity, observed_until) for message, told in by_message.items()}


def _story(  # noqa: C901 - one straight walk is what makes it obvious
    events: list[Event], validity: timedelta, observed_until: datetime
) -> Story:
    story = Story()
    state: State | None = None
    relayed_at: datetime | None = None

    def move(at: datetime, to_state: State) -> None:
        nonlocal state
        if to_state is not state:
            story.moves.append(Move(at, state, to_state))
        state = to_state

    def lapse(until: datetime) -> None:
        if state is State.RETRYING and relayed_at:
            lapsed_at = max(relayed_at + validity, story.moves[-1].moved_at)
            if lapsed_at <= min(until, observed_until):
                move(lapsed_at, State.INFERRED_EXPIRY)

    for event in sorted(events, key=_order):
        # An event at the very end of the validity period still counts as within it.
        lapse(event.event_time - timedelta(microseconds=1))
        if event.kind is Kind.UNKNOWN:
            move(event.event_time, state or State.TARGETED)
            continue
        if state in (None, State.TARGETED) and event.kind not in (Kind.TARGETED, Kind.REJECTED, Kind.CANCELLED):
            relayed_at = event.event_time
            if event.kind is not Kind.RELAYED and event.queued_at:
                relayed_at = min(event.event_time, event.queued_at)
            if state is State.TARGETED and story.moves[0].moved_at > relayed_at:
                story.moves[0] = story.moves[0]._replace(moved_at=relayed_at)
            move(relayed_at, State.IN_FLIGHT)
        if event.kind in ENGAGEMENT:
            continue
        to_state = TRANSITIONS.get((state or State.TARGETED, event.kind))
        if to_state is None:
            story.contradictions += 1
        else:
            move(event.event_time, to_state)
    lapse(datetime.max)
    return story


def _order(event: Event) -> tuple[datetime, int, datetime]:
    kind = Kind.OPENED if event.kind in ENGAGEMENT else event.kind
    return event.event_time, RANK[kind], event.queued_at or datetime.max
