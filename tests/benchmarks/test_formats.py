"""The logs that the readers are measured on: one for every reader, and one that its reader can use."""

from pathlib import Path

import pytest

from benchmarks.formats import formats, write
from benchmarks.readings import Shape, scan, shape_of
from data.ingest import import_log
from data.readers.registry import READERS
from data.simulator import SimulatedLog, simulate
from data.store import Store

TOLD = sorted(path.stem for path in Path("benchmarks/logs").glob("*.sql"))
REGISTERED = {reader.name for reader in READERS}


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small simulated event CSV, with events of all kinds."""
    path = tmp_path_factory.mktemp("simulated") / "events.csv"
    simulate(path, messages=2000)
    return path


def test_every_reader_has_a_log_to_be_measured_on() -> None:
    """A reader without one lacks benchmarks/logs/<name>.sql."""
    assert sorted(REGISTERED - formats()) == []


@pytest.mark.parametrize("name", TOLD)
def test_a_log_is_read_bare_record_by_record(name: str, events: Path, tmp_path: Path) -> None:
    """What the reader is compared with reads as many rows as the log has records."""
    path = tmp_path / "log"
    write(name, str(events), str(path))
    lines = path.read_text("utf-8").count("\n") - (shape_of(path) is Shape.TABLE)
    assert lines > 1000
    assert scan(str(path))["records"] == lines


@pytest.mark.parametrize("name", [name for name in TOLD if name in REGISTERED])
def test_a_log_is_used_wholly_by_its_reader(name: str, events: Path, tmp_path: Path) -> None:
    """Recognised by its content, no record rejected or unknown: else another work would be measured."""
    path = tmp_path / "log"
    write(name, str(events), str(path))
    with Store(tmp_path / "store.duckdb") as store:
        report = import_log(store, path)
    assert (report.format, report.rejected, report.unknown) == (name, 0, 0), report.message


def test_a_bare_read_is_of_the_file_s_own_shape(tmp_path: Path) -> None:
    """Of a mail log, whose lines are prose, the lines; of a table under a header its columns."""
    for log, shape in (
        (SimulatedLog.POSTFIX, Shape.LINES),
        (SimulatedLog.CAMPAIGN, Shape.TABLE),
        (SimulatedLog.EVENTS_NDJSON, Shape.JSON),
    ):
        path = tmp_path / log
        simulate(path, messages=50, log=log)
        assert shape_of(path) is shape
