"""No text crashes a reader: whatever is done to a log, the import ends with a report that accounts for every record."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.ingest import import_log
from data.readers.reader import Options
from data.report import ImportReport, Status
from data.store import Store
from tests.data.readers.cases import CaseFile, case_files

CASE_FILES = case_files()
by_format = pytest.mark.parametrize("cases", CASE_FILES, ids=lambda cases: cases.format)

ODD_TEXTS = [
    "", " ", "null", "-1", "0", "1e400", "9" * 400, "\u0000", "\ufeff", "\u2028", "'; DROP TABLE event; --",
    "<b>*x*</b>", "=1+1", "2026-13-45T99:99:99Z",
    "1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "253402300800", "5.1.1",
    "x" * 20_000, "a@b@c", "@", "[]", "{}", '{"a": [', "[[1, null]]", "é\U0001f4e7",
]  # fmt: skip
ODD_VALUES: list[object] = [None, True, 0, -1, 1e300, 10**30, [], {}, [[]], [None, {}], {"a": {"b": []}}, *ODD_TEXTS]


def _report(text: str | bytes, cases: CaseFile, folder: Path) -> ImportReport:
    path = folder / "log"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "replace"))
    with Store(folder / "store.duckdb") as store:
        return import_log(store, path, Options(**(cases.options or {})), format_name=cases.format)


def _is_accounted_for(report: ImportReport) -> bool:
    if report.status is Status.REFUSED:
        return bool(report.message)
    counted = report.used + report.duplicates + report.rejected + report.ignored
    return report.records == counted and min(report.used, report.duplicates, report.rejected, report.ignored) >= 0


def _with_odd_value(value: object, choose: random.Random) -> object:
    """The record with one value, however deep, replaced by an odd one, or one key gone."""
    if isinstance(value, dict) and value and choose.random() < 0.9:
        key = choose.choice(sorted(value))
        if choose.random() < 0.1:
            return {name: each for name, each in value.items() if name != key}
        return value | {key: _with_odd_value(value[key], choose)}
    if isinstance(value, list) and value and choose.random() < 0.9:
        place = choose.randrange(len(value))
        return [*value[:place], _with_odd_value(value[place], choose), *value[place + 1 :]]
    return choose.choice(ODD_VALUES)


def _with_odd_field(line: str, choose: random.Random) -> str:
    """The line with a stretch of it replaced by an odd text."""
    start, end = sorted(choose.randrange(len(line) + 1) for _ in range(2))
    return line[:start] + choose.choice(ODD_TEXTS) + line[min(end, start + choose.randrange(40)) :]


def _mutated(cases: CaseFile, choose: random.Random) -> str:
    header = [] if cases.header is None else [cases.header]
    lines = [*cases.lines(), *cases.lines()]
    for place, line in enumerate(lines):
        if choose.random() < 0.7:
            is_json = line.startswith("{")
            lines[place] = (
                json.dumps(_with_odd_value(json.loads(line), choose)) if is_json else _with_odd_field(line, choose)
            )
    return "\n".join([*header, *lines])


@by_format
@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_odd_values_are_read_rejected_or_ignored(
    cases: CaseFile, seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Wrong types, missing keys, monstrous numbers, texts for times: every record is accounted for."""
    text = _mutated(cases, random.Random(seed))  # noqa: S311 - no secret
    assert _is_accounted_for(_report(text, cases, tmp_path_factory.mktemp("log")))


@by_format
@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_damaged_bytes_cost_what_they_hit(cases: CaseFile, seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Bytes overwritten, cut out or left off: every record is accounted for."""
    choose = random.Random(seed)  # noqa: S311 - no secret
    raw = bytearray(cases.text().encode())
    for _ in range(choose.randrange(1, 6)):
        start = choose.randrange(len(raw))
        raw[start : start + choose.randrange(5)] = choose.randbytes(choose.randrange(5))
    text = bytes(raw[: choose.randrange(len(raw) // 2, len(raw) + 1)])
    assert _is_accounted_for(_report(text, cases, tmp_path_factory.mktemp("log")))


@pytest.mark.parametrize("change", [str.upper, str.lower, lambda text: text[::-1]], ids=["upper", "lower", "backwards"])
@by_format
def test_a_log_turned_upside_down_raises_nothing(cases: CaseFile, change: Callable[[str], str], tmp_path: Path) -> None:
    """Every letter of another case, or the text backwards."""
    assert _is_accounted_for(_report(change(cases.text()), cases, tmp_path))
