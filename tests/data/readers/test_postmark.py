"""Postmark's webhooks beyond single records: what a file adds up to, and files that complete each other."""

from collections.abc import Callable
from itertools import permutations
from typing import Any

import pytest

from data.readers.postmark import POSTMARK
from data.report import ImportReport
from data.sources import remove_source
from data.store import Store
from tests.data.readers.webhooks import contradictions, figures, lines, states, takes

Import = Callable[..., ImportReport]
_TIMES = {"Delivery": "DeliveredAt", "Bounce": "BouncedAt", "SubscriptionChange": "ChangedAt"}


def record(kind: str, who: str, minutes: int, **more: object) -> dict[str, Any]:
    """One record of a campaign; all its recipients share the message's id."""
    told = {
        "RecordType": kind,
        "MessageID": "m1",
        "MessageStream": "broadcast",
        "Email" if kind == "Bounce" else "Recipient": f"{who}@one.example",
        _TIMES.get(kind, "ReceivedAt"): f"2026-09-01T10:{minutes:02d}:00.1234567+02:00",
        "Tag": "spring",
    }
    return {name: value for name, value in {**told, **more}.items() if value is not None}


SUPPRESSION = record("SubscriptionChange", "cyd", 3, SuppressSending=True, SuppressionReason="HardBounce")


def campaign() -> list[dict[str, Any]]:
    """Five recipients: one delivered and opened, one in retry, one bounced hard, one soft, one deactivated."""
    return [
        record("Delivery", "ada", 0),
        record("Bounce", "ben", 1, ID=1, Type="Transient"),
        record("Bounce", "cyd", 2, ID=2, Type="HardBounce"),
        record("Bounce", "dee", 2, ID=3, Type="SoftBounce"),
        record("Bounce", "eve", 2, ID=4, Type="ManuallyDeactivated"),
        record("Open", "ada", 10),
        record("Open", "ada", 11),
        record("Click", "ada", 59, OriginalLink="https://shop.example/a"),
        record("Open", "ada", 59, ReceivedAt="2026-09-01T12:00:00Z"),
    ]


def test_a_file_adds_up(store: Store, import_text: Import) -> None:
    """N are the recipients that any record names; what is deactivated is outside; opens count by message."""
    import_text(lines(campaign()))
    assert states(store) == {"delivered": 1, "retrying": 1, "failed": 2, "excluded": 1}
    assert figures(store) == (4, 4, 1, 3, 1)
    assert contradictions(store) == 0


@pytest.mark.parametrize("order", list(permutations(("posted", "list"))))
def test_a_hard_bounce_and_its_suppression_are_one_event(
    order: tuple[str, str], store: Store, import_text: Import
) -> None:
    """Told by both webhooks or by one of them, it fails the message once and contradicts nothing."""
    texts = {"posted": lines(campaign()), "list": lines([SUPPRESSION])}
    for name in order:
        import_text(texts[name], name)
    assert figures(store) == (4, 4, 1, 3, 1)
    assert contradictions(store) == 0


def test_the_suppression_alone_tells_the_bounce(store: Store, import_text: Import) -> None:
    """Where the bounce webhook is off."""
    import_text(lines([each for each in campaign() if each.get("Type") != "HardBounce"] + [SUPPRESSION]))
    assert figures(store) == (4, 4, 1, 3, 1)


def test_posted_twice_counts_once(store: Store, import_text: Import) -> None:
    """The same records in another file add nothing, whether they have an id or not."""
    import_text(lines(campaign()), "posted")
    again = import_text(lines(reversed(campaign())), "again")
    assert (again.events, again.duplicates) == (0, len(campaign()))
    assert figures(store) == (4, 4, 1, 3, 1)


@pytest.mark.parametrize("order", list(permutations(("posted", "late"))))
def test_a_record_without_a_tag_finds_its_message(order: tuple[str, str], store: Store, import_text: Import) -> None:
    """Whichever file comes first; without the other file it is of no named delivery."""
    late = record("Bounce", "ada", 50, ID=9, Type="HardBounce", Tag=None)
    texts = {"posted": lines(campaign()), "late": lines([late])}
    for name in order:
        import_text(texts[name], name)
    assert figures(store) == (4, 4, 0, 4, 1)
    remove_source(store, "posted")
    assert states(store) == {}
    assert states(store, "postmark: no delivery named") == {"failed": 1}


@pytest.mark.parametrize(
    ("told", "is_record"),
    [({"RecordType": "Open"}, True), ({"RecordType": None}, True), ({"Type": "HardBounce", "MessageID": "m1"}, False)],
)
def test_detection(told: dict[str, Any], *, is_record: bool) -> None:
    """The kind of record is Postmark's own name."""
    assert takes(POSTMARK, told) is is_record
