"""JSON in whatever way it is written becomes one record a line; damage costs its own record alone."""

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.ingest import import_log
from data.report import ImportReport, Status
from data.store import Store

Import = Callable[..., ImportReport]


def _event(number: int) -> dict[str, object]:
    return {
        "kind": "relayed", "event_time": "2026-09-01T08:00:00Z", "message_id": f"m{number}",
        "recipient": "ada@one.example", "delivery_id": "spring",
    }  # fmt: skip


EVENTS = [_event(number) for number in range(1, 5)]
ENDINGS = {"\n": "line feeds", "\r\n": "carriage returns too"}


def _messages(store: Store) -> list[str]:
    with store.cursor() as cursor:
        return [row[0] for row in cursor.execute("SELECT message_id FROM event ORDER BY ALL").fetchall()]


@pytest.mark.parametrize("end", ENDINGS, ids=list(ENDINGS.values()))
@pytest.mark.parametrize(
    "write",
    [
        lambda told, end: end.join(map(json.dumps, told)),
        lambda told, _: json.dumps(told),
        lambda told, end: json.dumps(told, indent=2).replace("\n", end),
        lambda told, _: "".join(map(json.dumps, told)),
        lambda told, _: json.dumps({"results": told, "total_count": 4}),
        lambda told, end: json.dumps({"items": told, "paging": {}}, indent=1).replace("\n", end),
        lambda told, end: end.join(json.dumps({"events": told[start:][:2]}) for start in (0, 2)),
        lambda told, end: end.join(json.dumps(told[start:][:2]) for start in (0, 2)),
        lambda told, end: end + " " + end.join(json.dumps(each, indent=1).replace("\n", end) for each in told),
        lambda told, end: "posted=" + json.dumps(told).replace(" ", "+").replace('"', "%22") + end,
    ],
    ids=["lines", "array", "pretty", "concatenated", "results", "items", "envelopes", "batches", "objects", "form"],
)
def test_all_ways_of_writing_tell_the_same(
    write: Callable[[list[dict[str, object]], str], str], end: str, store: Store, import_text: Import
) -> None:
    """Lines, arrays, envelopes, pretty printing and form posts: the records are the same."""
    report = import_text(write(EVENTS, end), name="log.json")
    assert (report.format, report.records, report.used) == ("events-ndjson", 4, 4)
    assert _messages(store) == ["m1", "m2", "m3", "m4"]


@pytest.mark.parametrize("kind", ["array", "lines", "pretty", "cut"])
def test_a_broken_record_costs_itself_alone(kind: str, import_text: Import) -> None:
    """The others are used, it is rejected with its text, and all are counted."""
    texts = [json.dumps(each, indent=1 if kind == "pretty" else None) for each in EVENTS]
    texts[2] = texts[2].replace('"kind"', '"kind', 1)
    joined = "\n".join(texts) if kind == "lines" else "[" + ",\n".join(texts) + "]"
    if kind == "cut":
        joined = "[" + ",\n".join([*map(json.dumps, EVENTS[:3]), '{"kind": "relayed", "eve'])
    report = import_text(joined, name="log.json")
    assert (report.records, report.used, report.rejected) == (4, 3, 1)
    ((_, text, reason),) = report.rejections
    assert "kind" in text
    assert reason == "the line is no JSON object"


def test_a_record_keeps_the_number_of_its_line(import_text: Import) -> None:
    """Where a line holds several records, the next free numbers tell them apart."""
    lines = [json.dumps(EVENTS[0]), "", json.dumps(EVENTS[1]) + json.dumps(EVENTS[2]), "broken", json.dumps(EVENTS[3])]
    report = import_text("\n".join(lines), name="log.json")
    assert (report.records, report.used) == (5, 4)
    assert [(line, text) for line, text, _ in report.rejections] == [(5, "broken")]


def test_parquet_is_read_as_it_is(store: Store, tmp_path: Path) -> None:
    """Rows are records, columns are keys; the file is known by its bytes, not by its name."""
    path = tmp_path / "export"
    rows = ", ".join(f"('relayed', '2026-09-01T08:00:00Z', 'm{n}', 'ada@one.example', 'spring')" for n in (1, 2))
    duckdb.execute(
        f"COPY (FROM (VALUES {rows}) AS t(kind, event_time, message_id, recipient, delivery_id)) "
        f"TO '{path}' (FORMAT parquet)"
    )
    report = import_log(store, path)
    assert (report.format, report.used) == ("events-ndjson", 2)
    assert _messages(store) == ["m1", "m2"]


def test_a_damaged_parquet_file_is_refused_in_a_sentence(import_text: Import) -> None:
    """What begins like Parquet and is none."""
    report = import_text(b"PAR1" + bytes(100) + b"PAR1", name="x.parquet")
    assert report.status is Status.REFUSED
    assert "x.parquet" in report.message


@settings(max_examples=25, deadline=None)
@given(
    text=st.text(st.sampled_from('[]{}",:\n\r\\ a1\u2028\u0000é'), max_size=60),
    place=st.integers(0, 4),
    is_array=st.booleans(),
)
def test_no_text_among_records_raises_or_takes_them_along(
    text: str, place: int, is_array: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Whatever stands on a line of its own between sound ones, those are used, and all is accounted for."""
    folder = tmp_path_factory.mktemp("log")
    lines = [json.dumps(each) for each in EVENTS]
    lines.insert(place, text)
    path = folder / "log.json"
    path.write_text(("[" + ",\n".join(lines) + "]") if is_array else "\n".join(lines), newline="")
    with Store(folder / "store.duckdb") as store:
        report = import_log(store, path)
    if report.status is Status.REFUSED:  # It begins with what is no JSON, or never closes what it opens.
        assert place == 0 or is_array
    else:
        assert report.records == report.used + report.duplicates + report.rejected + report.ignored
        assert report.used <= len(EVENTS)
        assert is_array or '"' in text or "{" in text or "[" in text or report.used == len(EVENTS)
