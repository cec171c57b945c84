"""Bad input ends in counts that add up and in sentences that say what to do; the good lines are loaded."""

import pytest

from data.report import Status
from data.sources import rejects
from data.statements import scalar
from data.store import Store
from tests.data.event_lines import HEADER, Import, adds_up, around, row, stored_messages

BAD_LINES = {
    "too few fields": ("too,few\n", "2 fields where the header has 6"),
    "too many fields": ("a,b,c,d,e,f,g\n", "7 fields where the header has 6"),
    "a quote never closed": (
        'relayed,2026-08-21T08:00:00Z,"m9,u9@example.com,d1,\n',
        "a quote is opened and never closed",
    ),
    "a quote in the middle of a field": ('relayed,2026-08-21T08:00:00Z,"m"9,u9@example.com,d1,\n', "quote"),
    "bytes that are not UTF-8": (row(9).encode().replace(b"u9", b"\xfc9"), "the line is not UTF-8"),
    "NUL bytes": (row(9).encode().replace(b"u9", b"u\x009"), "the line holds NUL bytes"),
    "a line of 10 MB": (row(9, reason="x" * 10_000_000), "lines up to 1,048,576 bytes are read"),
    "a date that does not exist": (row(9, time="2026-02-30T08:00:00Z"), 'event_time "2026-02-30T08:00:00Z" is no date'),
    "an hour that does not exist": (row(9, time="2026-08-21T25:00:00Z"), "is no date and time"),
    "a time with words behind it": (row(9, time="2026-08-21 08:00:00 PM"), "is no date and time"),
    "a time with a zone's name": (row(9, time="2026-08-21T08:00:00 Europe/Berlin"), "is no date and time"),
    "a year that nobody sends in": (row(9, time="9999-12-31T00:00:00Z"), "1970 to 2199"),
    "a word for a time": (row(9, time="epoch"), "is no date and time"),
    "an infinite time": (row(9, time="infinity"), "is no date and time"),
    "no time": (row(9, time=""), "event_time is empty"),
    "no kind": (row(9, kind=""), "kind is empty"),
    "a cell that a spreadsheet would run": ("=cmd|' /C calc'!A0,,,,,\n", "event_time is empty"),
}


@pytest.mark.parametrize(("bad", "reason"), BAD_LINES.values(), ids=BAD_LINES.keys())
def test_a_bad_line_is_kept_with_number_text_and_reason_and_the_others_are_loaded(
    store: Store, import_text: Import, bad: str | bytes, reason: str
) -> None:
    """One bad line costs that line only."""
    report = import_text(around(bad))
    assert report.status is Status.IMPORTED
    assert (report.records, report.used, report.rejected) == (5, 4, 1)
    assert adds_up(report)
    assert stored_messages(store) == ["m1", "m2", "m3", "m4"]
    kept = rejects(store, str(report.source_id)).to_dict("records")
    assert [each["line"] for each in kept] == [4]
    assert reason in kept[0]["reason"]
    text = (bad if isinstance(bad, bytes) else bad.encode()).decode("utf-8", "replace").replace("\0", "\u2400")
    assert kept[0]["text"][:10_000] == text.rstrip("\n")[:10_000]
    assert [(each["line"], each["text"], each["reason"]) for each in kept] == list(report.rejections)


def test_a_long_line_does_not_fill_the_store(store: Store, import_text: Import) -> None:
    """Of a line of 10 MB the beginning is kept, and how long it was."""
    report = import_text(around(row(9, reason="x" * 10_000_000)))
    (text,) = rejects(store, str(report.source_id))["text"]
    assert len(text) < 11_000
    assert text.endswith("characters)")


@pytest.mark.parametrize("quote_at", ["first", "last"])
def test_an_open_quote_costs_its_own_line_wherever_it_stands(import_text: Import, quote_at: str) -> None:
    """Neither the first nor the last line takes others along."""
    broken = row(9).replace("m9", '"m9')
    good = "".join(row(number) for number in range(500))
    report = import_text(HEADER + (broken + good if quote_at == "first" else good + broken))
    assert (report.used, report.rejected) == (500, 1)
    assert report.rejections[0][0] == (2 if quote_at == "first" else 502)


def test_a_quoted_field_may_hold_line_breaks(store: Store, import_text: Import) -> None:
    """A record of several lines is one record, and lines after it keep their number."""
    report = import_text(HEADER + row(1, reason='"two\nlines, ""quoted"""') + "too,few\n" + row(2))
    assert (report.records, report.used, report.rejected) == (3, 2, 1)
    assert report.rejections[0][0] == 4
    with store.cursor() as cursor:
        assert scalar(cursor, "SELECT reason FROM event WHERE message_id = 'm1'") == 'two\nlines, "quoted"'


def test_ends_of_lines_and_a_byte_order_mark_do_not_matter(import_text: Import) -> None:
    """A file from Windows is read like any other."""
    report = import_text(b"\xef\xbb\xbf" + (HEADER + row(1) + row(2)).replace("\n", "\r\n").encode())
    assert (report.records, report.used, report.rejected) == (2, 2, 0)


def test_utf_16_is_read(import_text: Import) -> None:
    """What Windows calls Unicode is read."""
    report = import_text((HEADER + row(1) + row(2)).encode("utf-16"))
    assert (report.records, report.used, report.rejected) == (2, 2, 0)


def test_a_last_line_without_an_end_is_a_line(import_text: Import) -> None:
    """The last record counts, whether or not its line was ended."""
    assert import_text((HEADER + row(1) + row(2)).rstrip("\n")).records == 2


def test_blank_lines_are_no_records(import_text: Import) -> None:
    """A blank line neither is used nor breaks the numbering."""
    report = import_text(HEADER + row(1) + "\n" + "too,few\n")
    assert (report.records, report.used, report.rejected) == (2, 1, 1)
    assert report.rejections[0][0] == 4


@pytest.mark.parametrize(
    ("time", "is_read"),
    [("2026-03-29T01:59:59", True), ("2026-03-29T02:30:00", False), ("2026-03-29T03:00:00", True)],
)
def test_a_time_that_the_clocks_skip_is_rejected(import_text: Import, time: str, is_read: bool) -> None:
    """When daylight saving begins, an hour of local time does not exist."""
    report = import_text(HEADER + row(1) + row(2, time=time), timezone="Europe/Berlin")
    assert (report.used, report.rejected) == ((2, 0) if is_read else (1, 1))
    if not is_read:
        assert "does not exist in Europe/Berlin: the clocks skip it" in report.rejections[0][2]


def test_an_unknown_kind_is_kept_and_counted(store: Store, import_text: Import) -> None:
    """What Sendlog has no word for is stored under its own."""
    report = import_text(HEADER + row(1) + row(1, kind="teleported", time="2026-08-21T09:00:00Z"))
    assert (report.used, report.rejected, report.unknown) == (2, 0, 1)
    with store.cursor() as cursor:
        assert scalar(cursor, "SELECT reason FROM event WHERE kind = 'unknown'") == "teleported"


@pytest.mark.parametrize(
    "bad",
    [
        "not json\n",
        "[]\n",
        '"text"\n',
        "{}\n",
        "[" * 100_000 + "\n",
        '{"a":' * 100_000 + "\n",
        '{"kind": "relayed", "event_time": 5}\n',
    ],
)
def test_bad_lines_of_ndjson_are_kept_too(import_text: Import, bad: str) -> None:
    """The other event format accounts for its lines in the same way."""
    good = (
        '{"kind": "relayed", "event_time": "2026-08-21T08:00:00Z", "message_id": "m1", "recipient": "a@example.com", '
        '"delivery_id": "d1"}\n'
    )
    report = import_text(good + bad, "log.ndjson")
    assert (report.records, report.used, report.rejected) == (2, 1, 1)
    assert report.rejections[0][0] == 2
    assert report.rejections[0][1][:10_000] == bad.rstrip("\n")[:10_000]


@pytest.mark.parametrize(
    "inner", ["a\rb", "\r", '"', '""', ",", "\\", "a\\", "'", "\t", "\x1f", "\u2028", "\x85", "\ufeff"]
)
def test_a_field_keeps_its_characters_though_the_file_is_mended(store: Store, import_text: Import, inner: str) -> None:
    """Mending a damaged file changes nothing in its sound lines, but for carriage returns, which end lines."""
    quoted = '"' + inner.replace('"', '""') + '"'
    report = import_text(HEADER + row(1, reason=quoted) + row(2) + "too,few\n")
    assert (report.used, report.rejected) == (2, 1), report.rejections
    with store.cursor() as cursor:
        assert scalar(cursor, "SELECT reason FROM event WHERE message_id = 'm1'") == inner.replace("\r", "\n")


def test_a_field_with_a_carriage_return_is_read(import_text: Import) -> None:
    """A file whose quoted fields hold carriage returns is not damaged."""
    report = import_text(HEADER + row(1, reason='"a\rb"') + row(2) + row(3))
    assert (report.records, report.used, report.rejected) == (3, 3, 0)


def test_a_long_line_below_the_limit_is_read_though_the_file_is_damaged(import_text: Import) -> None:
    """The limit is the same whichever way a file is read."""
    report = import_text(HEADER + row(1, reason="x" * 500_000) + "too,few\n")
    assert (report.used, report.rejected) == (1, 1)
