"""Brevo's events beyond single records: what a file adds up to, campaigns, and files that complete each other."""

import json
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest

from data.deliveries import delivery
from data.readers.brevo import BREVO
from data.report import ImportReport
from data.sources import remove_source
from data.store import Store
from tests.data.readers.webhooks import START, contradictions, figures, lines, states, takes

Import = Callable[..., ImportReport]
PEOPLE = ("ada", "ben", "cyd", "dee")


def event(kind: str, who: str, seconds: int, **more: object) -> dict[str, Any]:
    """One event of messages that were sent one by one."""
    told = {
        "event": kind,
        "email": f"{who}@one.example",
        "message-id": f"<{who}@mail.example>",
        "ts_epoch": (START + seconds) * 1000,
        "tags": ["spring"],
    }
    return {name: value for name, value in {**told, **more}.items() if value is not None}


def send() -> list[dict[str, Any]]:
    """Five recipients: one delivered and opened, one in retry, one bounced, one under way, one blocked."""
    return [
        *(event("request", who, 0) for who in PEOPLE),
        event("delivered", "ada", 2),
        event("deferred", "ben", 3, reason="450 later"),
        event("hard_bounce", "cyd", 4, reason="550 unknown"),
        event("blocked", "eve", 5, reason="blocked : due to blacklist user"),
        event("unique_opened", "ada", 600),
        event("opened", "ada", 600),
        event("proxy_open", "ada", 601),
        event("click", "ada", 7200, link="https://shop.example/a"),
    ]


def test_a_file_adds_up(store: Store, import_text: Import) -> None:
    """To deliver are the recipients but the blocked one; opens count by message."""
    import_text(lines(send()))
    assert states(store) == {"delivered": 1, "retrying": 1, "failed": 1, "in_flight": 1, "excluded": 1}
    assert figures(store) == (4, 4, 1, 2, 1)
    assert contradictions(store) == 0


def test_the_first_opening_is_told_twice_and_is_one_event(import_text: Import) -> None:
    """As unique_opened and as opened."""
    report = import_text(lines(send()))
    assert (report.used, report.duplicates) == (len(send()) - 1, 1)


def test_posted_twice_counts_once(store: Store, import_text: Import) -> None:
    """The same events in another file add nothing, though they have no ids."""
    import_text(json.dumps(send()), "posted")
    again = import_text(lines(reversed(send())), "again")
    assert (again.events, again.duplicates) == (0, len(send()))
    assert figures(store) == (4, 4, 1, 2, 1)


@pytest.mark.parametrize("order", list(permutations(("posted", "late"))))
def test_an_event_without_tags_finds_its_message(order: tuple[str, str], store: Store, import_text: Import) -> None:
    """Whichever file comes first; without it the message stands as before."""
    texts = {"posted": lines(send()), "late": lines([event("soft_bounce", "dee", 9000, tags=None)])}
    for name in order:
        import_text(texts[name], name)
    assert figures(store) == (4, 4, 1, 3, 1)
    remove_source(store, "late")
    assert figures(store) == (4, 4, 1, 2, 1)


def campaign_event(kind: str, who: str, seconds: int, campaign: int = 42) -> dict[str, Any]:
    """One event of a campaign that left at START."""
    return {
        "event": kind,
        "email": f"{who}@one.example",
        "camp_id": campaign,
        "campaign name": "Spring news",
        "ts_sent": START,
        "ts_event": START + seconds,
        "ts": START + seconds + 7200,
    }


def test_a_campaign_is_a_delivery_with_one_message_to_each_address(store: Store, import_text: Import) -> None:
    """Its events name no message; two campaigns to the same people are two deliveries, relayed when they left."""
    events = [("delivered", "ada", 60), ("opened", "ada", 90), ("soft_bounce", "ben", 61), ("click", "ada", 7200)]
    import_text(lines(campaign_event(*each, campaign) for each in events for campaign in (42, 43)))
    for campaign in ("42", "43"):
        assert figures(store, campaign) == (2, 2, 1, 1, 1)
    shown = delivery(store, "42")
    assert shown.label == "Spring news"
    assert shown.started_at is not None
    assert shown.started_at.isoformat() == "2026-09-01T08:00:00"


@pytest.mark.parametrize(
    ("record", "is_event"),
    [
        ({"event": "delivered", "email": "ada@one.example", "message-id": "<m1>"}, True),
        ({"event": "delivered", "email": "ada@one.example", "camp_id": 42}, True),
        ({"event": "delivered", "email": "ada@one.example", "messageId": "<m1>", "date": "2026-09-01"}, True),
        ({"event": "delivered", "email": "ada@one.example"}, False),
        ({"event": "delivered", "message-id": "<m1>"}, False),
    ],
)
def test_detection(record: dict[str, Any], *, is_event: bool) -> None:
    """An event about an address, with a message or a campaign."""
    assert takes(BREVO, record) is is_event
