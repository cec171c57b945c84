"""Every format's case file: each record becomes what its case says, and no reader takes another's file."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from data.ingest import import_log
from data.intake import opened_log
from data.log_head import Head
from data.readers.direct import JsonReader, TableReader
from data.readers.reader import Options
from data.readers.registry import READERS, reader_for, reader_named
from data.report import ImportReport, Status
from data.store import Store
from tests.data.readers.cases import CaseFile, case_files, events_by_line

Import = Callable[..., ImportReport]
CASE_FILES = case_files()
by_format = pytest.mark.parametrize("cases", CASE_FILES, ids=lambda cases: cases.format)


def _imported(store: Store, folder: Path, cases: CaseFile, text: str) -> ImportReport:
    path = folder / "log"
    path.write_text(text)
    report = import_log(store, path, Options(**(cases.options or {})))
    assert report.status is Status.IMPORTED, report.message
    assert report.format == cases.format
    return report


@by_format
def test_every_record_becomes_what_its_case_says(cases: CaseFile, store: Store, tmp_path: Path) -> None:
    """Events with the values that matter, a rejection with its reason, or nothing where it is no part of a send."""
    report = _imported(store, tmp_path, cases, cases.text())
    events = events_by_line(store)
    rejected = {line: reason for line, _, reason in report.rejections}
    for place, case in enumerate(cases.cases):
        line = cases.number(place)
        expected = case.get("events", [])
        told = [
            {name: each.get(name) for name in wanted}
            for each, wanted in zip(events.get(line, []), expected, strict=False)
        ]
        wanted = [{name: None if value is None else str(value) for name, value in each.items()} for each in expected]
        assert told == wanted, case["name"]
        assert len(events.get(line, [])) == len(expected), case["name"]
        assert case.get("rejected", "") in rejected.get(line, ""), case["name"]
        assert ("rejected" in case) == (line in rejected), case["name"]
    assert report.records == report.used + report.duplicates + report.rejected + report.ignored


@by_format
def test_posted_again_counts_once(cases: CaseFile, store: Store, tmp_path: Path) -> None:
    """The same records in another file are duplicates: no event more, whichever of them have an id."""
    first = _imported(store, tmp_path, cases, cases.text())
    before = events_by_line(store)
    again = _imported(store, tmp_path, cases, cases.text() + "\n")
    assert (again.events, again.used) == (0, 0)
    assert again.duplicates == first.used + first.duplicates
    with store.cursor() as cursor:
        told = cursor.execute("SELECT count(DISTINCT (message_key, event_key)) FROM event").fetchall()[0][0]
    assert told <= sum(map(len, before.values()))


@by_format
def test_one_reader_takes_a_file_and_all_others_refuse_it(cases: CaseFile, store: Store, tmp_path: Path) -> None:
    """Exactly one reader takes a log for its own, by its content alone."""
    _imported(store, tmp_path, cases, cases.text())
    head = _head(tmp_path / "log", tmp_path)
    assert [reader.name for reader in READERS if reader.detects(head)] == [cases.format]


def _head(path: Path, folder: Path) -> Head:
    with opened_log(path, None, folder / "temp") as log:
        assert reader_for(log)
        return log.head


JSON_FILES = [cases for cases in CASE_FILES if isinstance(reader_named(cases.format), JsonReader)]


@pytest.mark.parametrize("cases", JSON_FILES, ids=lambda cases: cases.format)
@pytest.mark.parametrize("shape", ["array", "pretty", "concatenated", "batches"])
def test_json_reads_the_same_in_whatever_way_it_is_written(
    cases: CaseFile, shape: str, store: Store, tmp_path: Path
) -> None:
    """Lines, an array, a pretty one, objects one behind the other, and a batch a line tell the same."""
    records = [json.loads(line) for line in cases.lines()]
    texts = {
        "array": json.dumps(records),
        "pretty": json.dumps(records, indent=2),
        "concatenated": "".join(map(json.dumps, records)),
        "batches": "".join(json.dumps(records[start : start + 3]) + "\n" for start in range(0, len(records), 3)),
    }
    with Store(tmp_path / "other.duckdb") as other:
        _imported(other, tmp_path, cases, cases.text())
        lines = events_by_line(other)
    _imported(store, tmp_path, cases, texts[shape])
    assert events_by_line(store) == lines


@pytest.mark.parametrize("cases", JSON_FILES, ids=lambda cases: cases.format)
def test_every_key_of_a_record_is_asked_for_or_left_alone_on_purpose(cases: CaseFile) -> None:
    """No key of a case is overlooked, and none that is asked for is without a case."""
    reader = reader_named(cases.format)
    assert isinstance(reader, JsonReader)
    asked, told = _paths(reader.shape), set[str]()
    for line in cases.lines():
        told |= _paths(json.loads(line), asked)
    left_alone = set(cases.left_alone)
    assert {
        path for path in told - asked if not any(path == each or path.startswith(f"{each}.") for each in left_alone)
    } == set()
    assert asked - told == set()


TABLE_FILES = [cases for cases in CASE_FILES if isinstance(reader_named(cases.format), TableReader)]


@pytest.mark.parametrize("cases", TABLE_FILES, ids=lambda cases: cases.format)
def test_every_column_is_asked_for_or_left_alone_on_purpose(cases: CaseFile) -> None:
    """No column of the case file is overlooked, and none that is asked for is without a case."""
    reader = reader_named(cases.format)
    assert isinstance(reader, TableReader)
    assert cases.header is not None
    told = {reader.column_of(name) for name in cases.header.split(",")}
    assert told == set(reader.columns) | set(cases.left_alone)


def _paths(value: object, known: set[str] | None = None, path: str = "") -> set[str]:
    """The keys of a record or a shape, nested ones behind dots, lists without their places; leaves only.

    known: paths below which nothing is looked at, as what stands there is taken as a whole.
    """
    if path and known and path in known:
        return {path}
    if isinstance(value, Mapping) and value:
        return set().union(*(_paths(each, known, f"{path}.{key}" if path else key) for key, each in value.items()))
    if isinstance(value, list) and value:
        return set().union(*(_paths(each, known, path) for each in value))
    return {path}
