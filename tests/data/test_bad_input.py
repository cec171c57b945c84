"""Bad input ends in counts that add up and in sentences that say what to do; the good lines are loaded."""

import bz2
import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from data.errors import StoreFailedError
from data.ingest import import_log
from data.readers.reader import Options
from data.report import ImportReport, Status
from data.sources import rejects, sources
from data.statements import scalar
from data.store import Store

HEADER = "kind,event_time,message_id,recipient,delivery_id,reason\n"
Import = Callable[..., ImportReport]


def row(number: int, kind: str = "relayed", time: str = "2026-08-21T08:00:00Z", reason: str = "") -> str:
    """One sound row of an event CSV."""
    return f"{kind},{time},m{number},u{number}@example.com,d1,{reason}\n"


def around(bad: str | bytes) -> bytes:
    """A file with two good lines, a bad one (line 4), and two good lines."""
    middle = bad if isinstance(bad, bytes) else bad.encode()
    return (HEADER + row(1) + row(2)).encode() + middle + (row(3) + row(4)).encode()


def stored_messages(store: Store) -> list[str]:
    """The message ids of the events in the store."""
    with store.cursor() as cursor:
        return [each for (each,) in cursor.execute("SELECT message_id FROM event ORDER BY message_id").fetchall()]


def adds_up(report: ImportReport) -> bool:
    """Whether every record of the file is accounted for, once."""
    return report.records == report.used + report.duplicates + report.rejected + report.ignored


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


def test_the_same_file_twice_adds_nothing_under_any_name_or_compression(
    store: Store, import_text: Import, tmp_path: Path
) -> None:
    """A file is known by its content."""
    content = around("too,few\n")
    import_text(content)
    packed = tmp_path / "again.csv.gz"
    packed.write_bytes(gzip.compress(content))
    for report in (import_text(content, "other.csv"), import_log(store, packed)):
        assert report.status is Status.ALREADY_IMPORTED
        assert report.message.endswith(
            "was imported before as log.csv; nothing was added. To read it otherwise, remove that source."
        )
    assert len(sources(store)) == 1
    assert len(stored_messages(store)) == 4


def test_repeated_lines_are_duplicates(import_text: Import) -> None:
    """A line that tells only what was told is a duplicate, in one file or in the next."""
    first = import_text(HEADER + row(1) + row(2) + row(1))
    assert (first.used, first.duplicates) == (2, 1)
    second = import_text(HEADER + row(2) + row(3), "next.csv")
    assert (second.used, second.duplicates) == (1, 1)
    assert adds_up(first)
    assert adds_up(second)


def test_a_contradiction_with_an_older_file_is_counted_and_loaded(store: Store, import_text: Import) -> None:
    """A delivery after a hard bounce is kept and changes no state."""
    import_text(HEADER + row(1) + row(1, "bounced", "2026-08-21T09:00:00Z"))
    report = import_text(HEADER + row(1, "delivered", "2026-08-21T10:00:00Z"), "later.csv")
    assert (report.used, report.contradictions) == (1, 1)
    with store.cursor() as cursor:
        assert scalar(cursor, "SELECT to_state FROM transition ORDER BY moved_at DESC LIMIT 1") == "failed"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "log.csv is empty; export the log again."),
        (HEADER.encode(), "log.csv holds no records below its header; export the log again."),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "log.csv is not text"),
        (b"%PDF-1.7\nnothing to see\n", "log.csv is a PDF"),
        (b"<!DOCTYPE html><html>Sign in</html>\n", "log.csv is a web page"),
        (bz2.compress(b"kind,event_time\n" * 50), "unpack it"),
        (lzma.compress(b"kind,event_time\n" * 50), "unpack it"),
        (b"[]\n", "log.csv holds an empty list"),
        (b'{"results": [], "total_count": 0, "links": {}}', "log.csv holds an empty list"),
        (b"mandrill_events=%5B%5D", "log.csv holds an empty list"),
        (b"name,city\nAnna,Lund\n", "is no log that Sendlog recognises"),
        (gzip.compress(around(""))[:-12], "log.csv is a damaged .gz file"),
        (b"\x1f\x8bnot really", "log.csv is a damaged .gz file"),
        (b"\0" * 5000, "log.csv is not text"),
    ],
    ids=[
        "empty",
        "header only",
        "picture",
        "pdf",
        "web page",
        "bz2",
        "xz",
        "empty array",
        "empty page",
        "test post",
        "another csv",
        "cut gzip",
        "broken gzip",
        "zeros",
    ],
)
def test_a_file_that_is_no_log_gets_one_sentence_and_changes_nothing(
    store: Store, import_text: Import, content: bytes, sentence: str
) -> None:
    """What cannot be used as a whole is refused by name."""
    version = store.data_version()
    report = import_text(content)
    assert report.status is Status.REFUSED
    assert sentence in report.message
    assert report.message.endswith((".", "format."))
    assert "\n" not in report.message
    assert sources(store).empty
    assert store.data_version() == version


def test_a_refusal_names_the_file_as_the_visitor_does(store: Store, tmp_path: Path) -> None:
    """An upload's place on the server is nobody's business."""
    path = tmp_path / "17"
    path.write_bytes(b"\x1f\x8bnot really")
    assert str(tmp_path) not in import_log(store, path, name="mail.log.gz").message


def test_options_that_contradict_the_file_are_refused(import_text: Import) -> None:
    """A zone that does not exist is said to be one."""
    report = import_text(around(""), timezone="Mars/Olympus")
    assert report.status is Status.REFUSED
    assert report.message == "There is no time zone Mars/Olympus; use a name such as Europe/Stockholm."


def test_a_format_that_does_not_fit_is_refused(store: Store, tmp_path: Path) -> None:
    """The wrong format by name is a refusal or rejected lines, never a failure."""
    path = tmp_path / "log.csv"
    path.write_bytes(b"name,city\nAnna,Lund\n")
    report = import_log(store, path, Options(), format_name="events-csv")
    assert report.status is Status.REFUSED
    assert "lacks the column" in report.message


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


def test_a_dry_run_reports_the_same_and_keeps_nothing(store: Store, tmp_path: Path) -> None:
    """The dry run is the import itself, taken back; it alone looks for what is odd."""
    path = tmp_path / "log.csv"
    path.write_bytes(around("too,few\n"))
    version = store.data_version()
    dry = import_log(store, path, dry_run=True)
    assert sources(store).empty
    assert store.data_version() == version
    real = import_log(store, path)
    assert dry.quality is not None
    apart = {"source_id": None, "quality": None}
    assert vars(dry) | apart == vars(real) | apart


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


def test_a_file_with_carriage_returns_for_lines_gets_a_sentence(import_text: Import) -> None:
    """Ends of lines as of 1999 are not read, and that is said."""
    report = import_text((HEADER + row(1) + row(2)).replace("\n", "\r"))
    assert report.status is Status.REFUSED
    assert report.message == "log.csv ends its lines with carriage returns alone; save it with line feeds."


@pytest.mark.parametrize("first", ["x" * 10_000_000, '"' * 300_000, "{" * 300_000, "[" * 300_000, "," * 300_000])
def test_a_first_line_of_any_length_is_no_log(import_text: Import, first: str) -> None:
    """No reader stumbles over what it looks at."""
    report = import_text(first + "\n" + row(1))
    assert report.status is Status.REFUSED
    assert "is no log that Sendlog recognises" in report.message


def test_a_long_line_below_the_limit_is_read_though_the_file_is_damaged(import_text: Import) -> None:
    """The limit is the same whichever way a file is read."""
    report = import_text(HEADER + row(1, reason="x" * 500_000) + "too,few\n")
    assert (report.used, report.rejected) == (1, 1)


def test_a_folder_for_temporary_files_that_cannot_be_used_is_named(
    store: Store, tmp_path: Path, import_text: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where SENDLOG_TEMP names something else than a folder, the sentence says so, and nothing is kept."""
    (tmp_path / "a file").touch()
    monkeypatch.setenv("SENDLOG_TEMP", str(tmp_path / "a file"))
    with pytest.raises(StoreFailedError, match="SENDLOG_TEMP"):
        import_text(HEADER + row(1))
    assert stored_messages(store) == []
