"""Random logs for the properties: few messages, few moments, so that everything collides."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from hypothesis import strategies as st

from data.events import Kind
from tests.data.reference_fold import Event

START = datetime(2026, 3, 1, 10, 0, 0)
VALIDITY = timedelta(hours=3)
# Several sends in one log: more cases for the price of one import.
DELIVERIES = ("d1", "d2", "d3", "d4")

_LIKELY = [Kind.RELAYED, Kind.DEFERRED, Kind.DELIVERED, Kind.BOUNCED]
# Odd seconds, so that whole minutes from the start and moments between them both occur.
_MOMENTS = st.integers(0, 40).map(lambda step: START + timedelta(seconds=step * 431))

_EVENTS = st.builds(
    Event,
    kind=st.sampled_from([*_LIKELY, *_LIKELY, *Kind]),
    event_time=_MOMENTS,
    message_id=st.integers(1, 6).map(lambda number: f"m{number}"),
    recipient=st.just("someone@one.example"),
    delivery_id=st.sampled_from(DELIVERIES),
    queued_at=st.none() | _MOMENTS,
)

LOGS = st.lists(_EVENTS, min_size=1, max_size=120)
MOMENTS = st.integers(-5, 300).map(lambda step: START + timedelta(seconds=step * 61))


# Every delivery is observed as long as every other, in every file that holds these.
CLOSING = [Event(Kind.RELAYED, START + timedelta(hours=5), "closing", "last@one.example", each) for each in DELIVERIES]


def as_csv(events: Iterable[Event]) -> str:
    """The events as a Sendlog event CSV, in the order given."""
    lines = ["kind,event_time,message_id,recipient,delivery_id,queued_at"]
    for event in events:
        queued_at = f"{event.queued_at.isoformat()}Z" if event.queued_at else ""
        lines.append(
            f"{event.kind},{event.event_time.isoformat()}Z,{event.message_id},{event.recipient},{event.delivery_id},{queued_at}"
        )
    return "\n".join(lines) + "\n"
