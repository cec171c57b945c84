"""Files that cannot be used as a whole, and files that were imported before."""

import bz2
import gzip
import lzma
from pathlib import Path

import pytest

from data.errors import StoreFailedError
from data.ingest import import_log
from data.readers.reader import Options
from data.report import Status
from data.sources import sources
from data.statements import scalar
from data.store import Store
from tests.data.event_lines import HEADER, Import, adds_up, around, row, stored_messages


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


def test_a_folder_for_temporary_files_that_cannot_be_used_is_named(
    store: Store, tmp_path: Path, import_text: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where SENDLOG_TEMP names something else than a folder, the sentence says so, and nothing is kept."""
    (tmp_path / "a file").touch()
    monkeypatch.setenv("SENDLOG_TEMP", str(tmp_path / "a file"))
    with pytest.raises(StoreFailedError, match="SENDLOG_TEMP"):
        import_text(HEADER + row(1))
    assert stored_messages(store) == []
