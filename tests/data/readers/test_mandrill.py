"""Mandrill's events beyond single records: what a file adds up to, form posts, and files that complete each other."""

import json
from collections.abc import Callable
from itertools import permutations
from typing import Any
from urllib.parse import urlencode

import pytest

from data.deliveries import delivery
from data.readers.mandrill import MANDRILL
from data.report import ImportReport
from data.sources import remove_source
from data.store import Store
from tests.data.readers.webhooks import START, contradictions, figures, lines, states, takes

Import = Callable[..., ImportReport]


def event(kind: str, who: str, seconds: int, **more: object) -> dict[str, Any]:
    """One event of a campaign that was sent at START."""
    message = {"_id": f"id-{who}", "ts": START, "email": f"{who}@one.example", "tags": ["spring"], **more}
    told = {name: value for name, value in message.items() if value is not None}
    return {"event": kind, "_id": f"id-{who}", "ts": START + seconds, "msg": told}


def campaign() -> list[dict[str, Any]]:
    """Five recipients: one sent and opened, one deferred, one bounced hard, one soft, one rejected."""
    return [
        event("send", "ada", 20),
        event("deferral", "ben", 30),
        event("hard_bounce", "cyd", 40, bgtools_code=10),
        event("soft_bounce", "dee", 50, bgtools_code=22),
        event("reject", "eve", 1),
        event("open", "ada", 600),
        event("open", "ada", 601),
        event("click", "ada", 7200),
    ]


def form_posts(events: list[dict[str, Any]]) -> str:
    """The events as posted: one form a line, each with a batch."""
    return "".join(urlencode({"mandrill_events": json.dumps(events[at : at + 3])}) + "\n" for at in range(0, 9, 3))


@pytest.mark.parametrize("shape", [lines, form_posts, json.dumps])
def test_a_file_adds_up(shape: Callable[[list[dict[str, Any]]], str], store: Store, import_text: Import) -> None:
    """In whichever shape: send is delivered, both bounces are final, what is rejected is outside."""
    import_text(shape(campaign()))
    assert states(store) == {"delivered": 1, "retrying": 1, "failed": 2, "excluded": 1}
    assert figures(store) == (4, 4, 1, 3, 1)
    assert contradictions(store) == 0


def test_the_messages_were_relayed_at_their_own_time(store: Store, import_text: Import) -> None:
    """No event tells the relay; the time of the message does."""
    import_text(lines(campaign()))
    started = delivery(store, "spring").started_at
    assert started is not None
    assert started.isoformat() == "2026-09-01T08:00:00"


def test_posted_twice_counts_once(store: Store, import_text: Import) -> None:
    """The same batch in another shape adds nothing, though the events have no ids."""
    import_text(form_posts(campaign()), "posted")
    again = import_text(lines(reversed(campaign())), "again")
    assert (again.events, again.duplicates) == (0, len(campaign()))
    assert figures(store) == (4, 4, 1, 3, 1)


@pytest.mark.parametrize("order", list(permutations(("posted", "late"))))
def test_an_event_without_tags_finds_its_message(order: tuple[str, str], store: Store, import_text: Import) -> None:
    """Whichever file comes first; without it the message stands as before."""
    texts = {"posted": lines(campaign()), "late": lines([event("hard_bounce", "ben", 9000, tags=None)])}
    for name in order:
        import_text(texts[name], name)
    assert figures(store) == (4, 4, 1, 3, 1)
    assert states(store) == {"delivered": 1, "failed": 3, "excluded": 1}
    remove_source(store, "late")
    assert states(store) == {"delivered": 1, "retrying": 1, "failed": 2, "excluded": 1}


@pytest.mark.parametrize(
    ("record", "is_event"),
    [
        ({"event": "send", "msg": {}, "_id": "m1"}, True),
        ({"event": "send", "msg": {}}, False),
        ({"event": "send", "_id": "m1"}, False),
        ({"type": "blacklist", "action": "add", "reject": {}}, False),
    ],
)
def test_detection(record: dict[str, Any], *, is_event: bool) -> None:
    """An event with a message and its id."""
    assert takes(MANDRILL, record) is is_event
