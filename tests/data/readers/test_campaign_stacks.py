"""Several exports of one delivery: what a later one tells beyond an earlier one, in any order of loading."""

from typing import Any

import pytest

from data.report import ImportReport
from data.sources import remove_source
from data.store import Store
from tests.data.readers.campaign_exports import Imported, export, rows, told

# Exports of one delivery, taken one after the other. The second row of each dates the export.
FIRST = ["21/08/2026 01:59:57;21/08/2026 02:00:00;Pending;a@x.org;;;;1", "21/08/2026 03:00:00;;Canceled;z@x.org;;;;9"]
MOVED = ["21/08/2026 03:30:00;21/08/2026 02:00:00;Sent;a@x.org;;;;1", "21/08/2026 04:00:00;;Canceled;z@x.org;;;;8"]
UNMOVED = ["21/08/2026 01:59:57;21/08/2026 02:00:00;Sent;a@x.org;;;;1", "21/08/2026 04:00:00;;Canceled;z@x.org;;;;8"]
BACK = ["21/08/2026 01:59:57;21/08/2026 02:00:00;Pending;a@x.org;;;;1", "21/08/2026 05:00:00;;Canceled;z@x.org;;;;7"]
DENIED = [
    "21/08/2026 06:00:00;21/08/2026 02:00:00;Failed;a@x.org;Address on denylist;;;1",
    "21/08/2026 07:00:00;;Canceled;z@x.org;;;;6",
]


def stacked(import_text: Imported, *exports: list[str], **options: object) -> list[ImportReport]:
    """Import exports of one delivery one after the other."""
    return [
        import_text(export(*lines), name=f"{place}.txt", **{"delivery": "Summer", "efs": True, **options})
        for place, lines in enumerate(exports)
    ]


def test_a_change_is_dated_by_the_rows_own_date_if_that_moved(store: Store, import_text: Imported) -> None:
    """A later export whose row has a later Date tells when the change happened."""
    stacked(import_text, FIRST, MOVED)
    assert told(store) == ["relayed 01:59:57", "delivered 03:30:00"]


def test_a_change_whose_date_did_not_move_is_dated_by_the_export(store: Store, import_text: Imported) -> None:
    """The change happened after the previous export and by this one: it is known from this one on."""
    stacked(import_text, FIRST, UNMOVED)
    assert told(store) == ["relayed 01:59:57", "delivered 04:00:00"]


def test_a_row_that_says_nothing_new_is_a_duplicate(store: Store, import_text: Imported) -> None:
    """An unchanged row in a later export is counted as a duplicate and changes nothing."""
    report = stacked(import_text, MOVED, [MOVED[0], FIRST[1]])[1]
    assert (report.used, report.duplicates, report.ignored) == (1, 1, 0)
    assert told(store) == ["relayed 02:00:00", "delivered 03:30:00"]


def test_a_row_that_goes_back_is_a_contradiction(store: Store, import_text: Imported) -> None:
    """Pending after Sent changes nothing, and is counted."""
    report = stacked(import_text, MOVED, BACK)[1]
    assert report.contradictions == 1
    assert told(store) == ["relayed 02:00:00", "delivered 03:30:00", "relayed 05:00:00"]
    assert states(store) == ["in_flight", "delivered"]


def test_a_row_that_goes_back_without_efs_is_a_contradiction(store: Store, import_text: Imported) -> None:
    """The same where Sent means relayed and Pending targeted."""
    report = stacked(import_text, MOVED, BACK, efs=False)[1]
    assert report.contradictions == 1
    assert states(store) == ["in_flight"]


def test_a_complaint_turns_delivered_into_failed(store: Store, import_text: Imported) -> None:
    """A delivered row that fails later is a late correction, not a contradiction."""
    assert [report.contradictions for report in stacked(import_text, MOVED, DENIED)] == [0, 0]
    assert states(store) == ["in_flight", "delivered", "failed"]


def test_retries_that_move_the_date_are_one_deferral_each(store: Store, import_text: Imported) -> None:
    """A soft failure with a later Date was tried once more; with the same Date it was not."""
    soft = "21/08/2026 0{}:30:00;21/08/2026 02:00:00;Failed;a@x.org;Mailbox full;{};Soft;1"
    stacked(
        import_text, [soft.format(2, "x"), FIRST[1]], [soft.format(3, "x"), MOVED[1]], [soft.format(3, "y"), BACK[1]]
    )
    assert told(store) == [
        "relayed 02:00:00",
        "deferred 02:30:00 soft Mailbox full x",
        "deferred 03:30:00 soft Mailbox full x",
    ]


@pytest.mark.parametrize("efs", [True, False, None])
def test_the_order_of_loading_does_not_matter(efs: bool | None, store: Store, import_text: Imported) -> None:
    """Exports loaded backwards tell the same events, transitions and contradictions."""
    exports = [FIRST, UNMOVED, BACK, DENIED]
    stacked(import_text, *exports, efs=efs)
    forwards = told(store, "message_id"), states(store), contradictions(store)
    for place in range(4):
        remove_source(store, f"{place}.txt")
    stacked(import_text, *reversed(exports), efs=efs)
    assert (told(store, "message_id"), states(store), contradictions(store)) == forwards


def test_removing_an_export_leaves_what_the_others_tell(store: Store, import_text: Imported) -> None:
    """Without one export the store is as if it had never been imported, whichever it is."""
    for gone in range(3):
        kept = [lines for place, lines in enumerate([FIRST, UNMOVED, DENIED]) if place != gone]
        stacked(import_text, *kept)
        expected = told(store, "message_id"), states(store)
        remove_source(store, "0.txt")
        remove_source(store, "1.txt")
        assert rows(store, "FROM campaign_row") == rows(store, "FROM event") == []
        stacked(import_text, FIRST, UNMOVED, DENIED)
        remove_source(store, f"{gone}.txt")
        assert (told(store, "message_id"), states(store)) == expected
        for place in {0, 1, 2} - {gone}:
            remove_source(store, f"{place}.txt")


def test_an_export_is_read_as_the_others_of_its_delivery(store: Store, import_text: Imported) -> None:
    """A last export without pending rows is read with EFS if an earlier one awaited feedback."""
    stacked(import_text, MOVED, efs=None)
    assert told(store) == ["relayed 03:30:00"]
    report = stacked(import_text, FIRST, efs=None)[0]
    assert told(store) == ["relayed 01:59:57", "delivered 03:30:00"]
    assert "with the Email Feedback Service, as rows are Pending" in report.message


def test_what_is_read_differently_is_named(import_text: Imported) -> None:
    """Where another export shows feedback for one of a file's deliveries, the report names each."""
    text = "Date;Status;Address;Delivery\n21/08/2026 02:05:00;Sent;a@x.org;One\n"
    import_text(text + "21/08/2026 02:04:00;Pending;b@x.org;One\n", name="1.txt")
    report = import_text(text + "21/08/2026 02:05:00;Sent;a@x.org;Two\n", name="2.txt")
    assert "One: read as measured with the" in report.message
    assert "Two: read as measured without the" in report.message


def test_each_export_is_read_as_it_was_declared(store: Store, import_text: Imported) -> None:
    """Two exports of a delivery may be declared differently; each row follows its own source."""
    stacked(import_text, FIRST, efs=False)
    stacked(import_text, MOVED, efs=True)
    assert told(store) == ["targeted 01:59:57", "relayed 02:00:00", "delivered 03:30:00"]


def test_an_export_observes_until_it_was_taken(store: Store, import_text: Imported) -> None:
    """The latest date in a file is when it was taken, for a delivery of which it tells nothing new as well."""
    text = "Date;Status;Address;Delivery;Last modified\n21/08/2026 02:05:00;Sent;a@x.org;One;21/08/2026 02:05:00\n"
    import_text(text, name="1.txt")
    import_text(text + "22/08/2026 02:05:00;Sent;a@x.org;Two;23/08/2026 02:05:00\n", name="2.txt")
    observed = rows(store, "SELECT observed_until FROM delivery WHERE delivery_id = 'One'")
    assert str(observed[0][0]) == "2026-08-23 02:05:00"


def test_a_planned_contact_observes_nothing(store: Store, import_text: Imported) -> None:
    """A contact date in the future is no moment that the export knows of, so no retry of another delivery expires."""
    report = import_text(
        "Date;Contact date;Status;Address;Nature of failure;Delivery\n"
        "21/08/2026 02:05:00;21/08/2026 02:00:00;Failed;a@x.org;Mailbox full;One\n"
        "21/08/2026 02:06:00;21/08/2026 02:00:00;Sent;b@x.org;;One\n"
        "21/08/2026 01:59:57;01/12/2026 09:00:00;Pending;c@x.org;;Two\n",
        efs=True,
    )
    assert str(report.observed_until) == "2026-08-21 02:06:00"
    assert [str(at) for (at,) in rows(store, "SELECT observed_until FROM delivery")] == ["2026-08-21 02:06:00"] * 2
    assert rows(store, "SELECT * FROM transition WHERE to_state = 'inferred_expiry'") == []


def test_a_contact_date_is_no_date_of_a_row(import_text: Imported) -> None:
    """A row that tells only when it was to be sent tells nothing that happened."""
    report = import_text(export("21/08/2026 02:05:00;;Sent;b@x.org;;;;2", ";01/12/2026 09:00:00;Sent;a@x.org;;;;1"))
    assert [reason for _, _, reason in report.rejections] == ["Date is empty"]
    assert str(report.observed_until) == "2026-08-21 02:05:00"


PENDING = "21/08/2026 01:59:57;21/08/2026 02:00:00;Pending;a@x.org;;;;1"
TAKEN = "21/08/2026 02:01:00;21/08/2026 01:59:00;Taken into account by the service provider;a@x.org;;;;1"
SENT = "21/08/2026 03:30:00;21/08/2026 02:00:00;Sent;a@x.org;;;;1"
SENT_EARLY = "21/08/2026 03:30:00;21/08/2026 01:59:00;Sent;a@x.org;;;;1"
SENT_LATE = "21/08/2026 03:30:00;01/12/2026 09:00:00;Sent;a@x.org;;;;1"
FAILED = "21/08/2026 03:30:00;21/08/2026 02:00:00;Failed;a@x.org;Refused;;;1"
FAILED_BARE = "21/08/2026 03:30:00;;Failed;a@x.org;Refused;;;1"


@pytest.mark.parametrize("is_reversed", [False, True])
@pytest.mark.parametrize(
    ("exports", "with_efs", "without_efs"),
    [
        ([PENDING, SENT], "01:59:57", "03:30:00"),
        ([PENDING, SENT_EARLY], "01:59:00", "03:30:00"),
        ([PENDING, SENT_LATE], "01:59:57", "03:30:00"),
        ([PENDING, FAILED], "01:59:57", "02:00:00"),
        ([PENDING, FAILED_BARE], "01:59:57", "03:30:00"),
        ([TAKEN, SENT], "01:59:00", "01:59:00"),
        ([SENT_LATE], "03:30:00", "03:30:00"),
        ([SENT, FAILED.replace("03:", "04:")], "02:00:00", "02:00:00"),
    ],
)
def test_a_message_is_relayed_once_at_the_earliest_moment(
    exports: list[str], with_efs: str, without_efs: str, is_reversed: bool, store: Store, import_text: Imported
) -> None:
    """Of the relays that the rows of a stack date, the earliest counts, in any order of loading and without protest."""
    stack = [[row, f"21/08/2026 0{5 + place}:00:00;;Canceled;z@x.org;;;;9"] for place, row in enumerate(exports)]
    for efs, relayed in ((True, with_efs), (False, without_efs)):
        stacked(import_text, *(reversed(stack) if is_reversed else stack), efs=efs)
        assert [event for event in told(store) if event.startswith("relayed")] == [f"relayed {relayed}"]
        assert contradictions(store) == []
        for place in range(len(stack)):
            remove_source(store, f"{place}.txt")


def test_messages_without_a_log_id_are_known_by_their_address(store: Store, import_text: Imported) -> None:
    """The default columns of "Export list" hold no log id; the exports stack by address."""
    header = "Date;Status;Address\n"
    import_text(header + "21/08/2026 01:59:57;Pending;a@x.org\n", name="1.txt", delivery="D", efs=True)
    import_text(header + "21/08/2026 02:05:00;Sent;a@x.org\n", name="2.txt", delivery="D", efs=True)
    assert told(store) == ["relayed 01:59:57", "delivered 02:05:00"]


def states(store: Store) -> list[str]:
    """The states that the messages but the dating ones went through."""
    statement = """SELECT to_state FROM transition
        WHERE message_key NOT IN (SELECT message_key FROM event WHERE recipient = 'z@x.org')
        ORDER BY moved_at, to_state"""
    return [state for (state,) in rows(store, statement)]


def contradictions(store: Store) -> list[tuple[Any, ...]]:
    """What the log claims and the table of transitions does not allow."""
    return rows(store, "SELECT from_state, kind FROM contradiction ORDER BY ALL")
