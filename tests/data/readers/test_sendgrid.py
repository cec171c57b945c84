"""SendGrid's events beyond single records: what a file adds up to, and files that complete each other."""

import json
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest

from data.readers.sendgrid import SENDGRID
from data.report import ImportReport
from data.sources import remove_source
from data.store import Store
from tests.data.readers.webhooks import START, contradictions, figures, lines, states, takes

Import = Callable[..., ImportReport]
PEOPLE = ("ada", "ben", "cyd", "dee")


def event(kind: str, who: str, seconds: int, **more: object) -> dict[str, Any]:
    """One event of a campaign, as the webhook posts it."""
    told = {
        "email": f"{who}@one.example",
        "timestamp": START + seconds,
        "event": kind,
        "sg_event_id": f"{kind}-{who}-{seconds}",
        "sg_message_id": f"{who}.filter0001.1.0",
        "category": ["spring"],
    }
    return {name: value for name, value in {**told, **more}.items() if value is not None}


def campaign() -> list[dict[str, Any]]:
    """Five recipients: one delivered and opened, one in retry, one bounced, one under way, one dropped."""
    return [
        *(event("processed", who, 0) for who in PEOPLE),
        event("delivered", "ada", 2),
        event("deferred", "ben", 3, response="451 4.7.1 later"),
        event("bounce", "cyd", 4, type="bounce", reason="550 5.1.1 unknown"),
        event("dropped", "eve", 5, reason="Unsubscribed Address"),
        event("open", "ada", 600),
        event("open", "ada", 601, sg_machine_open=True),
        event("processed", "dee", 7200),
    ]


def test_a_file_adds_up(store: Store, import_text: Import) -> None:
    """To deliver are the recipients but the dropped one; two opens are one opened message; nothing contradicts."""
    import_text(lines(campaign()))
    assert states(store) == {"delivered": 1, "retrying": 1, "failed": 1, "in_flight": 1, "excluded": 1}
    assert figures(store) == (4, 4, 1, 2, 1)
    assert contradictions(store) == 0


def test_batches_posted_twice_count_once(store: Store, import_text: Import) -> None:
    """The same batch in another file and in another order of events adds nothing."""
    import_text(json.dumps(campaign()), "posted.json")
    again = import_text(lines(reversed(campaign())), "again.json")
    assert (again.events, again.duplicates) == (0, len(campaign()))
    assert figures(store) == (4, 4, 1, 2, 1)


HALVES = {
    "no message": event("bounce", "ada", 9000, sg_message_id=None, category=None, type="bounce", reason="550 gone"),
    "no message but a category": event("bounce", "ada", 9000, sg_message_id=None, type="bounce", reason="550 gone"),
    "no category": event("bounce", "ada", 9000, category=None, type="bounce", reason="550 gone"),
}


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("order", list(permutations(("posted", "late"))))
def test_a_late_bounce_finds_its_message(half: str, order: tuple[str, str], store: Store, import_text: Import) -> None:
    """Whatever it leaves out, and whichever file comes first; without it the message stands as before."""
    texts = {"posted": lines(campaign()), "late": lines([HALVES[half]])}
    for name in order:
        import_text(texts[name], name)
    assert figures(store) == (4, 4, 0, 3, 1)
    remove_source(store, "late")
    assert figures(store) == (4, 4, 1, 2, 1)


def test_a_late_bounce_with_a_category_is_of_that_delivery(store: Store, import_text: Import) -> None:
    """A later message of another delivery to the same address is left alone, and no message is made up."""
    other = event("delivered", "ada", 3600, sg_message_id="other.filter1", category=["summer"])
    import_text(lines([*campaign(), other, HALVES["no message but a category"]]))
    assert figures(store) == (4, 4, 0, 3, 1)
    assert states(store, "summer") == {"delivered": 1}


@pytest.mark.parametrize(
    ("record", "is_event"),
    [
        ({"event": "open", "sg_event_id": "e"}, True),
        ({"sg_event_id": None, "event": None}, True),
        ({"event": "open", "email": "ada@one.example"}, False),
        ({"sg_event_id": "e"}, False),
    ],
)
def test_detection(record: dict[str, Any], *, is_event: bool) -> None:
    """The event's id is SendGrid's own name."""
    assert takes(SENDGRID, record) is is_event
