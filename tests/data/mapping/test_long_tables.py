"""A long table is read in parts, and keeps its line numbers and all of its rows."""

import json
from pathlib import Path
from unittest.mock import patch

import pytest

from data.ingest import import_log
from data.mapping.mapping import LogMapping
from data.readers.reader import Options
from data.report import ImportReport
from data.statements import scalar
from data.store import Store
from tests.data.readers.cases import events_by_line

MAPPING = LogMapping("T", {"recipient": "to"}, times={"sent": "relayed", "seen": "opened"})
_MANY = 150_000


def _table(rows: int) -> str:
    lines = [f"a{row}@one.example,2026-03-02T08:00:00Z,{'soon' if row == 7 else '2026-03-02'}\n" for row in range(rows)]
    return "to,sent,seen\n" + "".join(lines)


def _records(rows: int) -> str:
    return "".join(
        json.dumps({"to": f"a{row}@one.example", "sent": "2026-03-02T08:00:00Z", "seen": "soon" if row == 7 else None})
        + "\n"
        for row in range(rows)
    )


def _imported(folder: Path, log: Path) -> tuple[ImportReport, object]:
    with Store(folder / "store.duckdb") as store:
        report = import_log(store, log, Options(mapping=MAPPING))
        return report, sorted(
            (line, len(events), events[0]["recipient"]) for line, events in events_by_line(store).items()
        )


@pytest.mark.parametrize("text", [_table(60), _records(60)], ids=["table", "json"])
def test_a_table_read_in_parts_tells_what_it_tells_as_a_whole(text: str, tmp_path: Path) -> None:
    """The same report, and the same lines, though a row may be several events."""
    log = tmp_path / "log"
    log.write_text(text)
    whole = _imported(tmp_path / "whole", log)
    assert (whole[0].used, whole[0].rejected) == (59, 1)
    with patch("data.measuring.PART_BYTES", 700), patch("data.measuring._CHUNK", 300):
        assert _imported(tmp_path / "parts", log) == whole


def test_no_row_of_many_is_lost(store: Store, tmp_path: Path) -> None:
    """More rows than DuckDB keeps together."""
    log = tmp_path / "log"
    log.write_text(_table(_MANY))
    report = import_log(store, log, Options(mapping=MAPPING))
    assert (report.records, report.used, report.rejected, report.events) == (_MANY, _MANY - 1, 1, 2 * (_MANY - 1))
    with store.cursor() as cursor:
        assert scalar(cursor, "SELECT count(*) FROM event") == 2 * (_MANY - 1)
