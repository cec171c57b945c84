"""XDM events of Adobe Campaign: what the case file cannot say."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from data.readers.xdm_campaign import XDM_CAMPAIGN
from data.report import ImportReport
from data.store import Store

Imported = Callable[..., ImportReport]
NAMESPACE = "https://ns.adobe.com/experience/campaign/"


def event(**told: Any) -> str:  # noqa: ANN401 - a part of a record
    """A delivery-log event, as a line."""
    fields = {"broadlogID": "7001", "deliveryID": "501", "recipientID": "31", **told}
    record = {NAMESPACE + name: value for name, value in fields.items()}
    return json.dumps({"timestamp": "2026-03-02T08:00:00Z", **record}) + "\n"


def kinds(store: Store) -> list[str]:
    """The kinds of the store's events, by message."""
    with store.cursor() as cursor:
        rows = cursor.execute("SELECT kind FROM event ORDER BY message_id").fetchall()
    return [kind for (kind,) in rows]


@pytest.mark.parametrize(
    ("efs", "expected"),
    [
        (True, ["relayed", "delivered", "deferred", "bounced"]),
        (False, ["targeted", "relayed", "expired", "bounced"]),
        (None, ["targeted", "relayed", "expired", "bounced"]),
    ],
)
def test_the_way_of_measuring_decides_what_sent_means(
    efs: bool | None, expected: list[str], store: Store, import_text: Imported
) -> None:
    """As for the sending log; where nobody says, it is read as without the feedback service, and the report says so."""
    statuses = [("Pending", ""), ("Sent", "undefined"), ("Failed", "mailbox_full"), ("Failed", "unreachable")]
    text = "".join(event(broadlogID=str(n), status=status, reason=why) for n, (status, why) in enumerate(statuses))
    report = import_text(text, name="log.json", efs=efs)
    assert kinds(store) == expected
    assert any("--efs" in note for note in report.notes) == (efs is None)


def test_messages_are_rows_of_the_delivery_log(store: Store, import_text: Imported) -> None:
    """Status by status and click by click, a message is one; the delivery is the one that is named."""
    lines = [event(status="Pending"), event(status="Sent", timestamp="x"), event(trackinglogID="9", url="1")]
    import_text("".join(lines) + event(broadlogID="7002", status="Sent"), name="log.json")
    with store.cursor() as cursor:
        query = "SELECT count(DISTINCT message_key), count(*) FROM event"
        assert cursor.execute(query).fetchall() == [(2, 4)]


@pytest.mark.parametrize(
    "odd",
    [
        {"status": {"a": 1}},
        {"status": ["Sent"], "reason": {}},
        {"recipientID": 10**40, "deliveryID": -1.5},
        {"broadlogID": None, "status": 3},
        {"controlGroupMember": "perhaps", "seedMember": [[[[]]]]},
        {"reasonMessage": "x" * 10_000, "status": "Failed"},
        {"status": "\0"},
    ],
)
def test_no_value_is_too_odd(odd: dict[str, Any], import_text: Imported) -> None:
    """Values of another type than they should be cost at most their own record."""
    report = import_text(event(status="Sent") + event(**odd), name="odd.json")
    assert (report.format, report.records) == ("xdm-campaign", 2)
    assert report.records == report.used + report.duplicates + report.rejected + report.ignored


@pytest.mark.parametrize(
    "told",
    [
        {"_experience": {"customerJourneyManagement": {}}},
        {"_experience": {"campaign": "broadlogID"}},
        {"_experience": ["campaign"]},
        {"broadlogID": "1"},
    ],
)
def test_what_names_no_row_of_a_log_is_not_its_own(told: dict[str, Any]) -> None:
    """Other experience events are left to other readers."""
    assert not XDM_CAMPAIGN.recognises(told)
