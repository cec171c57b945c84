"""Amazon SES: envelopes, identities without tags, and what is kept back before it is sent."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import data.readers
from analytics.modes import Mode
from data.readers.ses import SES
from data.report import ImportReport
from data.sources import remove_source
from data.store import Store
from tests.data.readers.told import tile_of, told_events

Import = Callable[..., ImportReport]
ADA, BOB = "ada@one.example", "bob@one.example"


def mail(identity: str, *recipients: str, campaign: str | None = "spring") -> dict[str, Any]:
    """The message that an event is about."""
    told = {"timestamp": "2026-03-01T08:00:00.000Z", "messageId": identity, "destination": list(recipients)}
    return told if campaign is None else {**told, "tags": {"campaign": [campaign]}}


def event(kind: str, about: dict[str, Any], **body: object) -> dict[str, Any]:
    """An event as SES publishes it."""
    return {"eventType": kind, "mail": about, **body}


def bounce(kind: str, subtype: str, *recipients: str) -> dict[str, Any]:
    """What a bounce tells."""
    bounced = [{"emailAddress": each} for each in recipients]
    told = {"bounceType": kind, "bounceSubType": subtype, "bouncedRecipients": bounced, "feedbackId": "f1"}
    return {"bounce": {**told, "timestamp": "2026-03-01T08:00:09.000Z"}}


def delivered(*recipients: str) -> dict[str, Any]:
    """What a delivery tells."""
    return {"delivery": {"timestamp": "2026-03-01T08:00:05.000Z", "recipients": list(recipients)}}


def envelope(message: dict[str, Any]) -> dict[str, Any]:
    """An event as SNS hands it on."""
    return {"Type": "Notification", "TopicArn": "arn:aws:sns:::mail", "Message": json.dumps(message)}


def lines(*events: dict[str, Any]) -> str:
    """Events, one a line."""
    return "".join(json.dumps(each) + "\n" for each in events)


EVENTS = (
    event("Send", mail("m1", ADA)),
    event("Delivery", mail("m1", ADA), **delivered(ADA)),
    event("Send", mail("m2", BOB)),
    event("Bounce", mail("m2", BOB), **bounce("Permanent", "General", BOB)),
)


def test_an_envelope_holds_the_keys_of_a_bare_event() -> None:
    """The keys are written twice, once for SQL: they are the same."""
    text = (Path(data.readers.__file__).parent / "sql" / "ses.sql").read_text()
    found = re.search(r"from_json\(told\.Message, '(.*?)'\)", text, re.DOTALL)
    assert found
    assert json.loads(found[1]) == SES.shape


def test_what_sns_hands_on_tells_the_same_and_counts_once(store: Store, import_text: Import) -> None:
    """A bare event and the same in an envelope, or posted twice, are one."""
    bare = import_text(lines(*EVENTS), "bare.json")
    before = told_events(store)
    again = import_text(lines(*map(envelope, EVENTS), *EVENTS), "sns.json")
    assert (bare.used, again.used, again.duplicates) == (4, 0, 8)
    assert told_events(store) == before
    shown = tile_of(store, "spring")
    assert (shown.to_deliver, shown.delivered, shown.bounces_errors) == (2, 1, 1)


NOTIFIED = {"notificationType": "Delivery", "mail": mail("m1", ADA, campaign=None), **delivered(ADA)}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_notification_without_tags_is_of_the_delivery_that_an_event_names(
    store: Store, import_text: Import, order: tuple[int, int]
) -> None:
    """Identity notifications and event publishing beside each other are one stream, in any order of the files."""
    for place in order:
        import_text((lines(NOTIFIED), lines(*EVENTS))[place], f"{place}.json")
    assert {told[1] for told in told_events(store)} == {"spring"}
    assert len([told for told in told_events(store) if told[0] == "delivered"]) == 1


def test_a_notification_alone_is_of_no_named_delivery_again(store: Store, import_text: Import) -> None:
    """When the events leave, what they named is not known any more."""
    import_text(lines(*EVENTS), "events.json")
    import_text(lines(NOTIFIED), "notified.json")
    remove_source(store, "events.json")
    assert {told[1] for told in told_events(store)} == {"ses: no delivery named"}


def test_what_ses_keeps_back_is_not_to_be_delivered(store: Store, import_text: Import) -> None:
    """A suppressed address was never tried, though a Send came before: it is outside To deliver in both modes."""
    kept_back = event("Bounce", mail("m2", BOB), **bounce("Permanent", "OnAccountSuppressionList", BOB))
    import_text(lines(*EVENTS[:3], kept_back))
    for mode in (Mode.WITH_EFS, Mode.WITHOUT_EFS):
        shown = tile_of(store, "spring", mode)
        assert (shown.to_deliver, shown.sent, shown.delivered, shown.pending) == (1, 1, 1, 0)


def test_an_open_of_one_of_several_recipients_is_nobodys(store: Store, import_text: Import) -> None:
    """It is rejected with the reason, as one record, and counts for none of them."""
    about = mail("m3", ADA, BOB)
    opened = event("Open", about, open={"timestamp": "2026-03-01T09:00:00.000Z"})
    report = import_text(lines(event("Send", about), opened))
    assert (report.records, report.used, report.rejected) == (2, 1, 1)
    shown = tile_of(store, "spring", Mode.WITHOUT_EFS)
    assert (shown.to_deliver, shown.opened) == (2, 0)


def test_a_damaged_record_of_several_recipients_is_one_rejection(import_text: Import) -> None:
    """Records are counted, not their recipients."""
    undated = bounce("Permanent", "General", ADA, BOB)["bounce"] | {"timestamp": None}
    report = import_text(lines(*EVENTS, event("Bounce", mail("m4", ADA, BOB), bounce=undated)))
    assert (report.records, report.used, report.rejected, report.ignored) == (5, 4, 1, 0)


def test_the_time_that_a_delay_names_ends_the_validity_period(store: Store, import_text: Import) -> None:
    """A message still in retry after its own expirationTime is failed by inference, whatever the default is."""
    delay = {"timestamp": "2026-03-01T08:05:00.000Z", "expirationTime": "2026-03-01T09:00:00.000Z"}
    about = mail("m1", ADA)
    delayed = event("DeliveryDelay", about, deliveryDelay={**delay, "delayedRecipients": [{"emailAddress": ADA}]})
    later = event("Open", mail("m2", BOB), open={"timestamp": "2026-03-01T09:30:00.000Z"})
    import_text(lines(event("Send", about), event("Send", mail("m2", BOB)), delayed, later))
    assert tile_of(store, "spring", Mode.WITHOUT_EFS).bounces_errors == 1
