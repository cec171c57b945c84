"""Foreign tables become events as their mapping says."""

import gzip
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from data.ingest import import_log
from data.mapping.mapping import LogMapping
from data.readers.reader import Options
from data.report import ImportReport
from data.store import Store
from tests.data.readers.cases import events_by_line

Import = Callable[..., ImportReport]

BY_STATUS = LogMapping(
    "Newsletter",
    {
        "recipient": "Address", "event_time": "When", "kind": "What", "delivery_id": "Send", "reason": "Why",
        "smtp_code": "Code", "event_id": "Event", "url": "Page",
    },
    {
        "Gone out": "relayed", "arrived": "delivered", "Hard": "bounced", "Soft": "deferred", "seen": "opened",
        "Dry run": "ignored",
    },
)  # fmt: skip
BY_TIMES = LogMapping(
    "Messages",
    {
        "recipient": "to", "message_id": "id", "delivery_id": "campaign", "reason": "why", "smtp_code": "code",
        "bounce_type": "class", "url": "page", "event_id": "row",
    },
    times={"sent_at": "relayed", "arrived_at": "delivered", "bounced_at": "bounced", "clicked_at": "clicked"},
)  # fmt: skip
HEADER = "Address;What;When;Send;Why;Code;Event;Page\n"
ROW = "ada@one.example;arrived;2026-03-02T08:00:00Z;Spring;;;;\n"


def _events(store: Store, *names: str) -> list[list[str | None]]:
    return [[event[name] for name in names] for events in events_by_line(store).values() for event in events]


def test_a_status_with_a_meaning_is_an_event_of_that_kind(store: Store, import_text: Import) -> None:
    """The row's fields go with it, the recipient names the message, and capitals and blanks do not matter."""
    text = (
        HEADER
        + "ada@one.example;GONE OUT ;2026-03-02T08:00:00Z;Spring;;;e1;\n"
        + "ada@one.example;hard;2026-03-02T09:00:00Z;Spring;no such user;550;e2;\n"
        + "bob@one.example;Seen;1772445600;Spring;;;;https://one.example/\n"
    )
    report = import_text(text, mapping=BY_STATUS)
    assert (report.format, report.records, report.used, report.unknown) == ("mapped", 3, 3, 0)
    assert _events(store, "kind", "event_time", "message_id", "recipient", "delivery_id") == [
        ["relayed", "2026-03-02 08:00:00", "ada@one.example", "ada@one.example", "Spring"],
        ["bounced", "2026-03-02 09:00:00", "ada@one.example", "ada@one.example", "Spring"],
        ["opened", "2026-03-02 10:00:00", "bob@one.example", "bob@one.example", "Spring"],
    ]
    assert _events(store, "reason", "smtp_code", "event_id", "url", "bounce_type")[1:] == [
        ["no such user", "550", "e2", None, "hard"],
        [None, None, None, "https://one.example/", None],
    ]


def test_a_status_without_a_meaning_is_unknown_and_keeps_its_word(store: Store, import_text: Import) -> None:
    """Even where the word is the name of a kind: only the mapping says what it means."""
    text = HEADER + "".join(ROW.replace("arrived", word) for word in ("Odd", "delivered", "ignored"))
    report = import_text(text, mapping=BY_STATUS)
    assert (report.used, report.unknown, report.ignored) == (3, 3, 0)
    assert _events(store, "kind", "reason") == [["unknown", "Odd"], ["unknown", "delivered"], ["unknown", "ignored"]]


def test_an_ignored_status_is_no_part_of_the_send(import_text: Import) -> None:
    """It is counted as ignored."""
    report = import_text(HEADER + ROW + ROW.replace("arrived", "dry run"), mapping=BY_STATUS)
    assert (report.used, report.ignored, report.events) == (1, 1, 1)


def test_each_filled_time_of_a_message_is_an_event(store: Store, import_text: Import) -> None:
    """What tells of a failure goes with it, and the link with the click; a message without times is ignored."""
    messages = [
        {"to": "ada@one.example", "id": "m1", "campaign": "c", "sent_at": "2026-03-02 08:00:00 UTC",
         "arrived_at": "2026-03-02T08:00:05Z", "clicked_at": "2026-03-02T09:00:00Z", "row": 1,
         "page": "https://one.example/"},
        {"to": "bob@one.example", "id": "m2", "campaign": "c", "sent_at": "2026-03-02T08:00:00Z", "arrived_at": None,
         "bounced_at": "2026-03-02T08:01:00Z", "why": "Full", "code": 552, "class": "Soft bounce", "row": 2},
        {"to": "cy@one.example", "id": "m3", "campaign": "c", "sent_at": ""},
    ]  # fmt: skip
    report = import_text("".join(json.dumps(each) + "\n" for each in messages), mapping=BY_TIMES)
    assert (report.records, report.used, report.ignored, report.events) == (3, 2, 1, 5)
    assert _events(store, "kind", "message_id", "reason", "smtp_code", "bounce_type", "url", "event_id") == [
        ["relayed", "m1", None, None, None, None, None],
        ["delivered", "m1", None, None, None, None, None],
        ["clicked", "m1", None, None, None, "https://one.example/", None],
        ["relayed", "m2", None, None, None, None, None],
        ["bounced", "m2", "Full", "552", "soft", None, None],
    ]


def test_a_status_and_further_times_are_told_together(store: Store, import_text: Import) -> None:
    """The status is dated by the time; an empty one beside further times is no fault."""
    mapping = LogMapping(
        "Both", {"recipient": "to", "event_time": "last", "kind": "status"}, {"ok": "delivered"}, {"sent": "relayed"}
    )
    text = (
        "to,status,last,sent\na@one.example,ok,2026-03-02T09:00:00Z,2026-03-02T08:00:00Z\n"
        "b@one.example,,,2026-03-02T08:00:00Z\n"
    )
    report = import_text(text, mapping=mapping, delivery="D")
    assert (report.used, report.rejected) == (2, 0)
    assert _events(store, "kind", "recipient", "delivery_id") == [
        ["relayed", "a@one.example", "D"],
        ["delivered", "a@one.example", "D"],
        ["relayed", "b@one.example", "D"],
    ]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (";arrived;2026-03-02T08:00:00Z;Spring;;;;", "the record names neither a message nor a recipient"),
        ("a@one.example;arrived;;Spring;;;;", "the record names no time"),
        ("a@one.example;;2026-03-02T08:00:00Z;Spring;;;;", "the record does not say what happened"),
        (
            "a@one.example;arrived;soon;Spring;;;;",
            'the time "soon" is no date and time (ISO 8601, 1970 to 2199, is read)',
        ),
        ("a@one.example;arrived", "2 fields where the header has 8"),
    ],
)
def test_a_row_that_cannot_be_used_is_rejected(row: str, reason: str, import_text: Import) -> None:
    """With its line and the reason; the other rows are used."""
    report = import_text(f"{HEADER}{ROW}{row}\n", mapping=BY_STATUS)
    assert [(line, why) for line, _, why in report.rejections] == [(3, reason)]
    assert (report.records, report.used, report.rejected) == (2, 1, 1)


def test_a_row_is_rejected_once_however_many_times_are_wrong(import_text: Import) -> None:
    """It is used wholly or not at all, so that the records add up."""
    text = (
        "to,id,campaign,sent_at,arrived_at,bounced_at,clicked_at\na@one.example,1,c,2026-03-02T08:00:00Z,soon,never,\n"
        ",2,c,2026-03-02T08:00:00Z,2026-03-02T08:00:00Z,,\n"
    )
    columns = {
        name: column for name, column in BY_TIMES.columns.items() if name in {"recipient", "message_id", "delivery_id"}
    }
    report = import_text(text, mapping=LogMapping("T", columns, times=BY_TIMES.times))
    assert (report.records, report.used, report.rejected, report.ignored) == (2, 0, 2, 0)
    assert [line for line, _, _ in report.rejections] == [2, 3]


@pytest.mark.parametrize(
    ("time_format", "written", "utc"),
    [
        ("%d/%m/%Y %H:%M", "2/3/2026 9:05", "2026-03-02 08:05:00"),
        ("%m/%d/%Y %I:%M:%S %p", "03/02/2026 01:05:00 PM", "2026-03-02 12:05:00"),
        ("%b %d, %Y %H:%M", "Mar 02, 2026 09:05", "2026-03-02 08:05:00"),
        (None, "2026-03-02 08:05:00 UTC", "2026-03-02 08:05:00"),
        (None, "2026-03-02", "2026-03-01 23:00:00"),
    ],
)
def test_times_are_read_as_they_are_written(
    time_format: str | None, written: str, utc: str, store: Store, import_text: Import
) -> None:
    """A time that names no zone is local to the one declared."""
    mapping = LogMapping("T", {"recipient": "a", "queued_at": "q"}, times={"t": "delivered"}, time_format=time_format)
    assert (
        import_text(
            f"a\tt\tq\nx@one.example\t{written}\t{written}\n", mapping=mapping, timezone="Europe/Stockholm"
        ).used
        == 1
    )
    assert _events(store, "event_time", "queued_at") == [[utc, utc]]


def test_a_time_in_another_format_is_rejected_in_words_of_the_mapping(import_text: Import) -> None:
    """Words behind a time are not overlooked."""
    mapping = LogMapping("T", {"recipient": "a"}, times={"t": "delivered"}, time_format="%d/%m/%Y")
    report = import_text(
        "a,t\nx@one.example,31/02/2026\ny@one.example,01/02/2026 late\nz@one.example,01/02/2026\n", mapping=mapping
    )
    assert [why for _, _, why in report.rejections] == [
        'the time "31/02/2026" is not written as %d/%m/%Y',
        'the time "01/02/2026 late" is not written as %d/%m/%Y',
    ]


def test_a_file_without_a_column_of_the_mapping_is_refused(import_text: Import) -> None:
    """The sentence names the column that is missing and those that are there."""
    report = import_text("a,b\n1,2\n", mapping=LogMapping("T", {"recipient": "a"}, times={"t": "delivered"}))
    assert report.message == "log.csv lacks the column t, which the mapping T names; its columns are a, b."


def test_what_is_no_table_is_refused(import_text: Import) -> None:
    """Pictures and prose have no columns."""
    for content in (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, b"Dear reader\n"):
        assert "is no table with a header line" in import_text(content, mapping=BY_STATUS).message


def test_the_report_says_what_the_mapping_left_open(import_text: Import) -> None:
    """Its name, that no delivery is named, and that the zone was assumed."""
    mapping = LogMapping("My table", {"recipient": "a"}, times={"t": "delivered"})
    report = import_text("a,t\nx@one.example,2026-03-02 08:00:00\n", mapping=mapping)
    assert [note.split(",")[0].split(" and ")[0] for note in report.notes] == [
        "Read by the mapping My table.", "It names no deliveries", "Its times name no zone",
    ]  # fmt: skip
    assert report.deliveries == ("My table: no delivery named",)
    named = import_text("a,t\ny@one.example,2026-03-02T08:00:00Z\n", mapping=mapping, delivery="D")
    assert (named.notes, named.deliveries) == (("Read by the mapping My table.",), ("D",))


def test_keys_of_json_are_columns(store: Store, import_text: Import) -> None:
    """Nested ones behind dots, unless a key holds the dot itself; in lines, arrays and envelopes."""
    mapping = LogMapping("J", {"recipient": "to.mail", "message_id": "id.x"}, times={"when": "delivered"})
    for number, wrapped in enumerate(("{}", "[{}]", '{{"results": [{}]}}')):
        record = {"to": {"mail": f"a{number}@one.example"}, "id.x": f"m{number}", "when": 1772438400}
        text = wrapped.format(json.dumps(record))
        assert import_text(text, name=f"{number}.json", mapping=mapping, delivery="D").used == 1
    assert sorted(_events(store, "recipient", "message_id")) == [[f"a{n}@one.example", f"m{n}"] for n in range(3)]


def test_parquet_is_read_by_the_same_mapping(store: Store, tmp_path: Path) -> None:
    """Its types become the texts that the mapping expects."""
    path = tmp_path / "log.parquet"
    moment = datetime(2026, 3, 2, 8)
    never = pa.array([None], pa.timestamp("us"))
    rows = pa.table({"to": ["ada@one.example"], "sent_at": [moment], "id": [7], "seen": never})
    parquet.write_table(rows, path)
    mapping = LogMapping("P", {"recipient": "to", "message_id": "id"}, times={"sent_at": "relayed", "seen": "opened"})
    assert import_log(store, path, Options(mapping=mapping)).used == 1
    assert _events(store, "kind", "event_time", "message_id") == [["relayed", "2026-03-02 08:00:00", "7"]]


def test_a_damaged_table_is_mended_row_by_row(import_text: Import) -> None:
    """Lines keep their numbers; quotes hold delimiters and ends of lines."""
    text = HEADER + "bad\xff\n" + 'ada@one.example;arrived;2026-03-02T08:00:00Z;Spring;"full;\nup";;;\n' + ROW
    report = import_text(gzip.compress(text.encode("latin-1")), mapping=BY_STATUS)
    assert (report.records, report.used, report.rejected) == (3, 2, 1)
    assert report.rejections[0][0] == 2


def test_the_same_rows_in_two_files_count_once(import_text: Import) -> None:
    """Rows without an event id are told apart by what they say."""
    import_text(HEADER + ROW, mapping=BY_STATUS)
    again = import_text(HEADER + ROW + ROW.replace("ada", "bob"), name="more.csv", mapping=BY_STATUS)
    assert (again.used, again.duplicates) == (1, 1)


def test_a_heading_that_comes_twice_means_its_first_column(store: Store, import_text: Import) -> None:
    """The second one is left alone."""
    mapping = LogMapping("T", {"recipient": "a", "message_id": "a"}, times={"t": "delivered"})
    import_text("a,t,a,\nx@one.example,2026-03-02T08:00:00Z,y,z\n", mapping=mapping)
    assert _events(store, "recipient", "message_id") == [["x@one.example", "x@one.example"]]
