"""Mailgun's events beyond single records: what a file adds up to, and files that complete each other."""

import json
from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest

from data.readers.mailgun import MAILGUN
from data.report import ImportReport
from data.sources import remove_source
from data.store import Store
from tests.data.readers.webhooks import START, contradictions, figures, lines, states, takes

Import = Callable[..., ImportReport]
PEOPLE = ("ada", "ben", "cyd", "dee")


def event(kind: str, who: str, seconds: float, **more: object) -> dict[str, Any]:
    """One event of a campaign, as the Events API lists it."""
    told = {
        "event": kind,
        "id": f"{kind}-{who}",
        "timestamp": START + seconds,
        "log-level": "info",
        "recipient": f"{who}@one.example",
        "tags": ["spring"],
        "message": {"headers": {"message-id": f"{who}@mail.example"}},
    }
    return {name: value for name, value in {**told, **more}.items() if value is not None}


def campaign() -> list[dict[str, Any]]:
    """Five recipients: one delivered and opened, one in retry, one bounced, one under way, one on a list."""
    status = {"code": 550, "message": "5.1.1 unknown"}
    return [
        *(event("accepted", who, 0.25) for who in PEOPLE),
        event("delivered", "ada", 2),
        event("failed", "ben", 3, severity="temporary", reason="generic"),
        event("failed", "cyd", 4, severity="permanent", reason="bounce", **{"delivery-status": status}),
        event("failed", "eve", 5, severity="permanent", reason="suppress-bounce"),
        event("opened", "ada", 600),
        event("opened", "ada", 601, id="again"),
        event("clicked", "ada", 7200),
    ]


def posted(events: list[dict[str, Any]]) -> str:
    """The events as the webhook posts them, one post a line."""
    return lines({"signature": {"token": str(place)}, "event-data": each} for place, each in enumerate(events))


def page(events: list[dict[str, Any]]) -> str:
    """The events as a page of the Events API."""
    return json.dumps({"items": events, "paging": {"next": "/v3/one.example/events/2"}})


@pytest.mark.parametrize("shape", [posted, page, lines])
def test_a_file_adds_up(shape: Callable[[list[dict[str, Any]]], str], store: Store, import_text: Import) -> None:
    """In whichever shape: To deliver are the recipients but the suppressed one; two opens are one opened message."""
    import_text(shape(campaign()))
    assert states(store) == {"delivered": 1, "retrying": 1, "failed": 1, "in_flight": 1, "excluded": 1}
    assert figures(store) == (4, 4, 1, 2, 1)
    assert contradictions(store) == 0


def test_what_was_posted_and_listed_counts_once(store: Store, import_text: Import) -> None:
    """The webhook and the Events API tell the same events."""
    import_text(posted(campaign()), "posted.json")
    again = import_text(page(campaign()), "page.json")
    assert (again.events, again.duplicates) == (0, len(campaign()))
    assert figures(store) == (4, 4, 1, 2, 1)


def test_an_id_of_another_day_is_another_event(store: Store, import_text: Import) -> None:
    """Mailgun's ids may come again after a day."""
    report = import_text(lines([*campaign(), event("opened", "ada", 86_400 * 3)]))
    assert (report.used, report.duplicates) == (len(campaign()) + 1, 0)
    assert figures(store) == (4, 4, 1, 2, 1)


HALVES: dict[str, dict[str, object]] = {
    "no message, as a delayed bounce": {"message": {"headers": {}}, "tags": [], "flags": {"is-delayed-bounce": True}},
    "no recipient": {"recipient": None},
    "no tags": {"tags": None},
}


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("order", list(permutations(("posted", "late"))))
def test_a_late_bounce_finds_its_message(half: str, order: tuple[str, str], store: Store, import_text: Import) -> None:
    """Whatever it leaves out, and whichever file comes first; without it the message stands as before."""
    late = event("failed", "ada", 9000, severity="permanent", reason="bounce", **HALVES[half])
    texts = {"posted": posted(campaign()), "late": posted([late])}
    for name in order:
        import_text(texts[name], name)
    assert figures(store) == (4, 4, 0, 3, 1)
    remove_source(store, "late")
    assert figures(store) == (4, 4, 1, 2, 1)


@pytest.mark.parametrize("data", [None, "delivered", ["delivered"], 7])
def test_event_data_that_are_none_are_rejected(data: object, import_text: Import) -> None:
    """A post whose event data is no object says nothing."""
    report = import_text(lines([{"event-data": event("delivered", "ada", 0)}, {"event-data": data}]))
    assert (report.used, report.rejected) == (1, 1)


@pytest.mark.parametrize(
    ("record", "is_event"),
    [
        ({"signature": {}, "event-data": {"event": "opened"}}, True),
        ({"event": "opened", "log-level": "info"}, True),
        ({"event": "opened", "recipient": "ada@one.example", "timestamp": "1788249600"}, False),
        ({"log-level": "info", "message": "started"}, False),
    ],
)
def test_detection(record: dict[str, Any], *, is_event: bool) -> None:
    """The envelope of the webhook, or an event with a log level."""
    assert takes(MAILGUN, record) is is_event
