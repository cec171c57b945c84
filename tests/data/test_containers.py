"""Folders, .zip files and compressed files: the logs in them are read as they are."""

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from data.containers import import_logs
from data.readers.reader import Options
from data.report import ImportReport, Status
from data.store import Store

HEADER = "kind,event_time,message_id,recipient,delivery_id\n"


def _log(message: str) -> str:
    return f"{HEADER}relayed,2026-09-01T08:00:00Z,{message},ada@one.example,spring\n"


def _messages(store: Store) -> list[str]:
    with store.cursor() as cursor:
        return [row[0] for row in cursor.execute("SELECT message_id FROM event ORDER BY ALL").fetchall()]


def _zip(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def _zstd(text: str) -> bytes:
    half = len(text) // 2
    # Two frames, as a log that was continued has them.
    return b"".join(pa.Codec("zstd").compress(part.encode(), asbytes=True) for part in (text[:half], text[half:]))


@pytest.mark.parametrize("pack", [lambda text: gzip.compress(text.encode()), _zstd], ids=["gz", "zst"])
def test_a_compressed_log_is_known_by_its_bytes(
    pack: Callable[[str], bytes], store: Store, import_text: Callable[..., ImportReport]
) -> None:
    """Whatever it is called; and it is the same log as the plain one."""
    assert import_text(pack(_log("m1")), name="20260901-080000").status is Status.IMPORTED
    assert _messages(store) == ["m1"]
    assert import_text(_log("m1"), name="plain.csv").status is Status.ALREADY_IMPORTED


def test_a_cut_zst_file_is_refused_with_what_to_do(import_text: Callable[..., ImportReport]) -> None:
    """Nothing of a file whose compression ends early is kept."""
    report = import_text(_zstd(_log("m1"))[:-6], name="segment")
    assert report.status is Status.REFUSED
    assert "damaged .zst" in report.message
    assert "copy it again" in report.message


def test_every_log_of_a_zip_is_a_source_of_its_own(store: Store, tmp_path: Path) -> None:
    """Also in folders and further .zip files within; what a system adds on its own is left out."""
    inner = _zip(tmp_path / "inner.zip", {"c.csv": _log("m3")})
    path = _zip(
        tmp_path / "logs.zip", {"b.csv": _log("m2"), "a/a.csv": _log("m1"), "__MACOSX/a.csv": "x", ".hidden": "x"}
    )
    with zipfile.ZipFile(path, "a") as archive:
        archive.write(inner, "inner.zip")
    reports = import_logs(store, path)
    assert [report.source for report in reports] == ["logs.zip/b.csv", "logs.zip/a/a.csv", "logs.zip/inner.zip/c.csv"]
    assert _messages(store) == ["m1", "m2", "m3"]


def test_a_folder_is_read_with_all_that_is_in_it(store: Store, tmp_path: Path) -> None:
    """In the order of names; what is no log is refused by itself and keeps nothing else out."""
    folder = tmp_path / "logs"
    (folder / "deep").mkdir(parents=True)
    (folder / "b.csv").write_text(_log("m2"))
    (folder / "deep" / "c.csv.gz").write_bytes(gzip.compress(_log("m3").encode()))
    (folder / "README").write_text("Nothing\n")
    (folder / ".DS_Store").write_text("x")
    reports = import_logs(store, folder, Options())
    assert [(report.source, report.status) for report in reports] == [
        ("logs/README", Status.REFUSED),
        ("logs/b.csv", Status.IMPORTED),
        ("logs/deep/c.csv.gz", Status.IMPORTED),
    ]
    assert _messages(store) == ["m2", "m3"]


@pytest.mark.parametrize(
    ("members", "sentence"),
    [({}, "holds no files"), ({"[Content_Types].xml": "<x/>", "xl/a.xml": "<x/>"}, "is a spreadsheet; save it as CSV")],
)
def test_a_zip_without_logs_says_what_it_is(
    members: dict[str, str], sentence: str, store: Store, tmp_path: Path
) -> None:
    """One sentence and nothing done."""
    path = tmp_path / "x.zip"
    path.write_bytes(b"PK\x05\x06" + bytes(18)) if not members else _zip(path, members)
    (report,) = import_logs(store, _zip(path, members) if members else _empty(path))
    assert report.status is Status.REFUSED
    assert sentence in report.message


def _empty(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.mkdir("folder")
    return path


def test_a_damaged_zip_keeps_what_could_be_read(store: Store, tmp_path: Path) -> None:
    """Logs before the damage are imported whole; the damage is told."""
    path = _zip(tmp_path / "x.zip", {"a.csv": _log("m1"), "b.csv": _log("m2") * 50})
    raw = bytearray(path.read_bytes())
    start = raw.index(b"b.csv") + 5
    raw[start : start + 20] = bytes(20)
    path.write_bytes(raw)
    reports = import_logs(store, path)
    assert [report.status for report in reports] == [Status.IMPORTED, Status.REFUSED]
    assert "damaged .zip" in reports[1].message
    assert _messages(store) == ["m1"]


def test_an_empty_folder_says_so(store: Store, tmp_path: Path) -> None:
    """One sentence that says what to name instead."""
    (tmp_path / "empty").mkdir()
    (report,) = import_logs(store, tmp_path / "empty")
    assert report.status is Status.REFUSED
    assert "folder without files" in report.message
