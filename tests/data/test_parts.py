"""A long file is read in parts: what they tell is what the file tells."""

from pathlib import Path
from unittest.mock import patch

import pytest

from data.ingest import import_log
from data.readers.reader import Options
from data.report import ImportReport, Status
from data.simulator import SimulatedLog, simulate
from data.store import Store

BAD_LINE = {
    SimulatedLog.EVENTS_CSV: b"relayed,yesterday,m,a@x.example,d\n",
    SimulatedLog.EVENTS_NDJSON: b'{"kind": 1}\n',
}


def _imported(folder: Path, log: Path) -> tuple[ImportReport, list[tuple[object, ...]], list[tuple[object, ...]]]:
    with Store(folder / "store.duckdb") as store:
        report = import_log(store, log)
        with store.cursor() as cursor:
            events = cursor.execute("SELECT * EXCLUDE (delivery_key) FROM event ORDER BY line, kind").fetchall()
            rejected = cursor.execute("FROM rejected_line ORDER BY line").fetchall()
    return report, events, rejected


@pytest.mark.parametrize("kind", BAD_LINE)
@pytest.mark.parametrize("has_last_end", [True, False])
def test_a_file_read_in_parts_tells_what_it_tells_as_a_whole(
    kind: SimulatedLog, has_last_end: bool, tmp_path: Path
) -> None:
    """The same report, events and rejected lines, with the same line numbers, wherever the file is cut."""
    log = tmp_path / "a.log"
    simulate(log, messages=60, deliveries=2, log=kind, observed_hours=100)
    lines = log.read_bytes().splitlines(keepends=True)
    text = b"".join([*lines[:40], BAD_LINE[kind], *lines[40:]])
    log.write_bytes(text if has_last_end else text.rstrip(b"\n"))
    whole = _imported(tmp_path / "whole", log)
    assert whole[0].rejected == 1
    for part_bytes in (1, 700, len(text) - 1):
        with patch("data.measuring.PART_BYTES", part_bytes), patch("data.measuring._CHUNK", 300):
            assert _imported(tmp_path / str(part_bytes), log) == whole


def test_a_label_for_one_delivery_is_refused_wherever_the_file_is_cut(tmp_path: Path) -> None:
    """--delivery labels a file of one delivery; that the second one is named in another part is noticed."""
    log = tmp_path / "a.log"
    simulate(log, messages=60, deliveries=2, observed_hours=100)
    with (
        Store(tmp_path / "store.duckdb") as store,
        patch("data.measuring.PART_BYTES", 700),
        patch("data.measuring._CHUNK", 300),
    ):
        report = import_log(store, log, Options(delivery="Spring"))
    assert report.status is Status.REFUSED
    assert "names 2 deliveries" in report.message
