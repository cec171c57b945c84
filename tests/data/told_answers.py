"""Logs of events, and what a delivery's logs can answer."""

from collections.abc import Callable

from data.answer import Answer, Ground
from data.answer_words import answers
from data.answers import delivery_facts
from data.deliveries import delivery
from data.report import ImportReport
from data.store import Store

Import = Callable[..., ImportReport]
HEADER = "kind,event_time,message_id,recipient,delivery_id,phase,queued_at\n"


def event(kind: str, clock: str, number: int = 1, delivery_id: str = "D", phase: str = "", queued: str = "") -> str:
    """A line of an event CSV, of the 2nd of March."""
    queued_at = f"2026-03-02T{queued}Z" if queued else ""
    time = f"2026-03-02T{clock}"
    return f"{kind},{time},m{number},u{number}@one.example,{delivery_id},{phase},{queued_at}\n"


def log(*events: str) -> str:
    """An event CSV."""
    return HEADER + "".join(events)


def about(store: Store, delivery_id: str = "D") -> dict[str, Answer]:
    """The answers of a delivery by topic."""
    told = answers(delivery_facts(store, delivery(store, delivery_id)))
    return {answer.topic: answer for answer in told}


def short(store: Store, topic: str, delivery_id: str = "D") -> tuple[str, Ground]:
    """The short answer of a delivery to one topic, and what it rests on."""
    answer = about(store, delivery_id)[topic]
    return answer.short, answer.ground
