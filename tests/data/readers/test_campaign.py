import gzip
from pathlib import Path
from typing import Any

import pytest

from data.ingest import import_log
from data.log_head import Head
from data.readers.campaign import Campaign
from data.readers.registry import READERS
from data.store import Store
from tests.data.readers.campaign_exports import CASES, Imported, export, rows, told


def test_every_key_of_the_case_file_is_read() -> None:
    """A case file that says more than its tests read says nothing."""
    assert set(CASES) == {"header", "rows", "languages", "language_events"}
    assert {key for case in CASES["rows"] for key in case} == {"rule", "row", "with_efs", "without_efs"}


@pytest.mark.parametrize("mode", ["with_efs", "without_efs"])
@pytest.mark.parametrize("case", CASES["rows"], ids=lambda case: case["rule"])
def test_a_row_tells_the_events_of_its_status(
    case: dict[str, Any], mode: str, store: Store, import_text: Imported
) -> None:
    """A row becomes the events that its status and the way of measuring call for."""
    report = import_text(export(case["row"], padding()), efs=mode == "with_efs", timezone="UTC")
    assert told(store) == case[mode]
    assert (report.used, report.rejected, report.ignored, report.contradictions) == (2, 0, 0, 0)


@pytest.mark.parametrize("language", CASES["languages"])
def test_an_export_reads_the_same_in_every_language(language: str, store: Store, import_text: Imported) -> None:
    """Headings, statuses, types and reasons are known in four languages, and as technical names and codes."""
    report = import_text("\n".join(CASES["languages"][language]), efs=True)
    assert told(store, "message_id") == CASES["language_events"]
    assert report.format == "campaign"
    assert report.deliveries == ("Summer",)
    assert [row[0] for row in rows(store, "SELECT DISTINCT message_id FROM event WHERE test_profile")] == ["3"]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_separators_marks_and_compression_make_no_difference(
    delimiter: str, store: Store, import_text: Imported
) -> None:
    """Semicolons, commas and tabs, a byte-order mark, Windows ends of lines and gzip all read the same."""
    text = "\ufeff" + export("21/08/2026 02:05:00;;Sent;a@x.org;0;;;1").replace(";", delimiter).replace("\n", "\r\n")
    import_text(gzip.compress(text.encode()), name="log.txt.gz", efs=True)
    assert told(store) == ["relayed 02:05:00", "delivered 02:05:00"]


def test_a_tab_file_holds_plain_quotes(store: Store, import_text: Imported) -> None:
    """A workflow's "Extract file" does not quote, so a quote at the start of a field is part of it."""
    text = export('21/08/2026 02:05:00;;Failed;a@x.org;User unknown;"a" is not known;Hard;1').replace(";", "\t")
    assert import_text(text).rejected == 0
    assert told(store)[1] == 'bounced 02:05:00 hard User unknown "a" is not known'


@pytest.mark.parametrize(
    "text",
    [
        "kind,event_time,message_id,recipient,delivery_id,status,address,date\nrelayed,2026-01-01,1,a,d,Sent,a,x\n",
        "date,status,path\n2026-01-01,200,/index\n",
        "date,status,address\n2026-01-01,200,a\n2026-01-01,404,b\n2026-01-01,Sent,c\n",
        "status,address\nSent,a@x.org\n",
        "address,date\na@x.org,2026-01-01\n",
        "Aug 21 02:05:00 mx postfix/smtp[1]: 4ABC: to=<a@x.org>, status=sent (250 ok)\n",
        '{"status": "Sent"}\n',
        ";" * 200_000,
        "",
    ],
)
def test_what_is_no_sending_log_is_left_to_others(text: str) -> None:
    """Detection needs a status, an address and a date column, and Campaign's own words for most statuses."""
    assert not Campaign().detects(Head(text, is_binary=False))


def test_no_other_reader_takes_an_export() -> None:
    """An export is recognised by one reader alone."""
    for lines in CASES["languages"].values():
        head = Head("\n".join(lines), is_binary=False)
        assert [reader.name for reader in READERS if reader.detects(head)] == ["campaign"]


def test_a_file_without_a_needed_column_is_refused(store: Store, tmp_path: Path) -> None:
    """A file that is named a Campaign export but has no status is refused with the name of what is missing."""
    path = tmp_path / "odd.csv"
    path.write_text("Date;Address\n21/08/2026 02:05:00;a@x.org\n", "utf-8")
    assert "no column for the status" in import_log(store, path, format_name="campaign").message


@pytest.mark.parametrize(
    ("dates", "moments"),
    [
        (["21/08/2026 02:05:00", "01/09/2026 02:05:00"], ["2026-08-21 02:05:00", "2026-09-01 02:05:00"]),
        (["08/21/2026 02:05:00", "09/01/2026 02:05:00"], ["2026-08-21 02:05:00", "2026-09-01 02:05:00"]),
        (["01/09/2026 2:05:00 PM", "01/02/2026 12:05:00 AM"], ["2026-01-09 14:05:00", "2026-01-02 00:05:00"]),
        (["21/08/2026 12:05:00 PM", "01/09/2026 2:05 am"], ["2026-08-21 12:05:00", "2026-09-01 02:05:00"]),
        (["01/09/2026 02:05:00", "02/09/2026"], ["2026-09-01 02:05:00", "2026-09-02 00:00:00"]),
        (["01.09.2026, 02:05", "1.9.2026 2:06:00"], ["2026-09-01 02:05:00", "2026-09-01 02:06:00"]),
        (["01/09/2026 2:05:00\u202fPM", "01/02/2026 2:05:00 p.m."], ["2026-01-09 14:05:00", "2026-01-02 14:05:00"]),
        (["2026-09-01 02:05:00", "2026-09-01T02:05:00+02:00"], ["2026-09-01 02:05:00", "2026-09-01 00:05:00"]),
    ],
)
def test_the_file_shows_whether_day_or_month_comes_first(
    dates: list[str], moments: list[str], store: Store, import_text: Imported
) -> None:
    """A number above 12 is a day; with none, a 12-hour clock means month first; else the day comes first."""
    import_text(export(*(f"{date};;Canceled;a@x.org;;;;{place}" for place, date in enumerate(dates))))
    assert [str(at) for (at,) in rows(store, "SELECT event_time FROM event ORDER BY line")] == moments


@pytest.mark.parametrize(
    ("date", "reason"),
    [
        ("31/09/2026 02:05:00", 'Date "31/09/2026 02:05:00" is no date and time (read as day/month/year)'),
        ("09/21/2026 02:05:00", 'Date "09/21/2026 02:05:00" is no date and time (read as day/month/year)'),
        ("21/08/2026 13:05:00 PM", 'Date "21/08/2026 13:05:00 PM" is no date and time (read as day/month/year)'),
        ("21/08/2026 25:05:00", 'Date "21/08/2026 25:05:00" is no date and time (read as day/month/year)'),
        ("21/08/9999 02:05:00", 'Date "21/08/9999 02:05:00" is no date and time (read as day/month/year)'),
        ("31/12/1969 23:59:59", 'Date "31/12/1969 23:59:59" is no date and time (read as day/month/year)'),
        ("2200-01-01T00:00:00Z", 'Date "2200-01-01T00:00:00Z" is no date and time (read as year-month-day)'),
        ("2026-08-21 07:43:40 PM", 'Date "2026-08-21 07:43:40 PM" is no date and time (read as year-month-day)'),
        ("2026-08-21 07:43:40 PST", 'Date "2026-08-21 07:43:40 PST" is no date and time (read as year-month-day)'),
        ("yesterday", 'Date "yesterday" is no date and time (read as year-month-day)'),
        ("29/03/2026 02:30:00", 'Date "29/03/2026 02:30:00" does not exist in Europe/Berlin: the clocks skip it'),
        ("", "Date is empty"),
    ],
)
def test_a_date_that_does_not_exist_rejects_its_row(date: str, reason: str, import_text: Imported) -> None:
    """An impossible date, one of another order or century and one that the clocks skip are rejected with the reason."""
    good = [f"21/08/2026 02:0{n}:00;;Sent;b@x.org;;;;{n}" for n in range(3)]
    report = import_text(export(f"{date};;Sent;a@x.org;;;;9", *good), timezone="Europe/Berlin")
    assert report.rejections == ((2, f"{date};;Sent;a@x.org;;;;9", reason),)
    assert (report.used, report.time_assumed) == (3, False)


def test_local_dates_are_in_the_declared_zone(store: Store, import_text: Imported) -> None:
    """A local date becomes UTC by the zone that the analyst names; a date with Z stays."""
    rows_given = ("21/08/2026 02:05:00;;Canceled;a@x.org;;;;1", "2026-08-21T02:05:00Z;;Canceled;a@x.org;;;;2")
    import_text(export(*rows_given), timezone="Europe/Berlin")
    assert told(store) == ["cancelled 00:05:00", "cancelled 02:05:00"]


def test_what_is_assumed_is_said(import_text: Imported) -> None:
    """Without a zone, a telling date, a delivery and --efs, the report says what each was taken to be."""
    report = import_text(export("01/09/2026 02:05:00;;Sent;a@x.org;;;;1"), name="summer.sale.txt")
    assert report.time_assumed
    assert report.deliveries == ("summer.sale",)
    for words in ("read as UTC", "day first", "taken as summer.sale", "without the Email Feedback", "--efs yes"):
        assert words in report.message


def test_nothing_is_said_of_what_was_declared(import_text: Imported) -> None:
    """A zone, a delivery and --efs given, the report assumes nothing."""
    text = export("21/08/2026 02:05:00;;Sent;a@x.org;;;;1")
    report = import_text(text, timezone="Europe/Berlin", delivery="Summer", efs=False)
    assert report.notes == ("Read as measured without the Email Feedback Service, as declared.",)
    assert report.deliveries == ("Summer",)


def test_unknown_words_are_named(import_text: Imported) -> None:
    """The report names the statuses, types and reasons that nobody documents."""
    report = import_text(
        export(
            "21/08/2026 02:05:00;;Teleported;a@x.org;0;;;1",
            "21/08/2026 02:05:00;;2;b@x.org;99;;;2",
            "21/08/2026 02:05:00;;2;c@x.org;5;;9;3",
            "21/08/2026 02:05:00;;1;d@x.org;98;;8;4",
        )
    )
    assert "Unknown status or failure type: 9, Teleported." in report.message
    assert "Unknown reason, kept as written: 99." in report.message
    assert (report.unknown, report.used) == (2, 4)


@pytest.mark.parametrize(
    ("row", "other", "efs"),
    [
        (
            "21/08/2026 01:59:57;21/08/2026 02:00:00;Pending;a@x.org;;;;1",
            "21/08/2026 02:01:00;;Sent;b@x.org;;;;2",
            True,
        ),
        (
            "21/08/2026 01:59:57;21/08/2026 09:00:00;Pending;a@x.org;;;;1",
            "21/08/2026 02:01:00;;Sent;b@x.org;;;;2",
            False,
        ),
        ("21/08/2026 01:59:57;;Pending;a@x.org;;;;1", "21/08/2026 02:01:00;;Sent;b@x.org;;;;2", True),
        ("21/08/2026 01:59:57;;Pending;a@x.org;;;;1", "21/08/2026 01:59:58;;Pending;b@x.org;;;;2", False),
        ("21/08/2026 02:05:00;;Taken into account by the service provider;a@x.org;;;;1", "", True),
        ("21/08/2026 02:05:00;21/08/2026 02:00:00;Sent;a@x.org;;;;1", "", False),
    ],
)
def test_rows_that_await_feedback_show_that_it_is_measured(
    row: str, other: str, efs: bool, import_text: Imported
) -> None:
    """Without --efs: yes where rows are pending after their contact date, or after others of the delivery were sent."""
    report = import_text(export(row, other) if other else export(row))
    assert f"Read as measured {'with' if efs else 'without'} the Email" in report.message


def test_delivery_labels_the_one_delivery_that_is_named(store: Store, import_text: Imported) -> None:
    """--delivery is the label of a file's delivery, whose id stays the one that the file names."""
    import_text("Date;Status;Address;Delivery ID;Delivery\n21/08/2026 02:05:00;Sent;a@x.org;17;Old\n", delivery="New")
    assert rows(store, "SELECT delivery_id, label FROM delivery") == [("17", "New")]


def test_delivery_cannot_label_several(import_text: Imported) -> None:
    """A file that names two deliveries is refused with --delivery, and read without."""
    text = "Date;Status;Address;Delivery\n21/08/2026 02:05:00;Sent;a@x.org;One\n21/08/2026 02:05:00;Sent;a@x.org;Two\n"
    assert "names 2 deliveries" in import_text(text, delivery="New").message
    assert import_text(text).deliveries == ("One", "Two")


def test_a_row_that_names_no_delivery_among_others_is_rejected(import_text: Imported) -> None:
    """Where rows name their deliveries, one that does not belongs to none."""
    text = "Date;Status;Address;Delivery\n21/08/2026 02:05:00;Sent;a@x.org;One\n21/08/2026 02:05:00;Sent;b@x.org;\n"
    assert [reason for _, _, reason in import_text(text).rejections] == [
        "Delivery is empty, though other rows name theirs"
    ]


def test_exactly_a_hundred_thousand_rows_may_be_cut_off(import_text: Imported) -> None:
    """The export of a list stops at 100,000 rows, so that number is told."""
    cut = import_text(export(*["21/08/2026 02:05:00;;Sent;a@x.org;;;;1"] * 100_000))
    assert "may be cut off" in cut.message
    assert (cut.used, cut.duplicates) == (1, 99_999)


@pytest.mark.parametrize("header", ["\nDate;Status;Address", " \r\nDate;Status;Address", "Date;Status\x85;Address"])
def test_detection_and_reading_take_the_same_header(header: str, store: Store, tmp_path: Path) -> None:
    """What the first line is to detection it is to reading: a file that is detected is read, and no other."""
    text = f"{header}\n21/08/2026 02:05:00;Sent;a@x.org\n"
    path = tmp_path / "odd.csv"
    path.write_bytes(text.encode())
    is_refused = "has no column" in import_log(store, path, format_name="campaign").message
    assert Campaign().detects(Head(text, is_binary=False)) is not is_refused


def padding() -> str:
    """A row of a known status about the message 9, so that any other row is still recognised as Campaign's."""
    return "21/08/2026 02:00:00;;Canceled;z@x.org;;;;9"
