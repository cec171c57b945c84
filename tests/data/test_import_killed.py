"""A process that is killed during an import leaves the file wholly in the store or wholly out of it."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from data.ingest import import_log
from data.report import ImportReport, Status
from data.sources import rejects, sources
from data.statements import scalar
from data.store import Store

MESSAGES = 10_000
TABLES = ("event", "transition", "transition_count", "transition_age_count", "engagement", "delivery")

# Imports a log and kills its own process at the n-th stage; beyond the last one it ends as usual.
KILLED_AT_STAGE = """
import itertools, os, signal, sys
from pathlib import Path
from data.ingest import import_log
from data.store import Store

stages = itertools.count(1)

def killed(stage):
    if next(stages) == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)

with Store(Path(sys.argv[1])) as store:
    import_log(store, Path(sys.argv[2]), progress=killed)
"""


@dataclass(frozen=True)
class Undisturbed:
    """A log, and what its import does when nobody disturbs it."""

    log: Path
    older_log: Path
    report: ImportReport
    rows: dict[str, int]
    seconds: float


def row_counts(store: Store) -> dict[str, int]:
    """How many rows each table holds."""
    with store.cursor() as cursor:
        return {table: scalar(cursor, f"SELECT count(*) FROM {table}") for table in TABLES}  # noqa: S608 - our names


def write_log(path: Path, delivery: str, messages: int) -> Path:
    """Write an event CSV with a relay and a delivery per message, and one bad line."""
    rows = ["kind,event_time,message_id,recipient,delivery_id", "too,few"]
    for number in range(messages):
        second = f"{number // 60 % 60:02d}:{number % 60:02d}"
        rows.append(f"relayed,2026-08-21T08:{second}Z,m{number},u{number}@example.com,{delivery}")
        rows.append(f"delivered,2026-08-21T09:{second}Z,m{number},u{number}@example.com,{delivery}")
    path.write_text("\n".join(rows) + "\n")
    return path


def older_store(path: Path, undisturbed_log: Path) -> Store:
    """A store that holds another file already."""
    store = Store(path)
    import_log(store, undisturbed_log)
    return store


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    """The log that is imported here over and over, with the numbers to expect."""
    folder = tmp_path_factory.mktemp("undisturbed")
    older_log = write_log(folder / "older.csv", "d0", 100)
    log = write_log(folder / "log.csv", "d1", MESSAGES)
    with older_store(folder / "store.duckdb", older_log) as store:
        started = time.monotonic()
        report = import_log(store, log)
        return Undisturbed(log, older_log, report, row_counts(store), time.monotonic() - started)


@pytest.fixture
def store_path(undisturbed: Undisturbed, tmp_path: Path) -> Path:
    """A closed store that holds the older file."""
    path = tmp_path / "store.duckdb"
    older_store(path, undisturbed.older_log).close()
    return path


def assert_wholly_in_or_out(path: Path, undisturbed: Undisturbed) -> bool:
    """Check the store after a kill, and that the import can be done again; returns whether the file was in."""
    with Store(path) as store:
        names = list(sources(store)["name"])
        is_in = "log.csv" in names
        assert names == (["log.csv", "older.csv"] if is_in else ["older.csv"])
        if not is_in:
            with store.cursor() as cursor:
                assert not scalar(
                    cursor,
                    "SELECT count(*) FROM event WHERE delivery_key NOT IN "
                    "(SELECT delivery_key FROM delivery WHERE delivery_id = 'd0')",
                )
                assert scalar(cursor, "SELECT count(*) FROM event") == 200
                assert scalar(cursor, "SELECT count(DISTINCT source_id) FROM rejected_line") == 1
        again = import_log(store, undisturbed.log)
        assert again.status is (Status.ALREADY_IMPORTED if is_in else Status.IMPORTED)
        if not is_in:
            assert {**vars(again), "source_id": None} == {**vars(undisturbed.report), "source_id": None}
        assert row_counts(store) == undisturbed.rows
        assert len(rejects(store, "log.csv")) == 1
    return is_in


@pytest.mark.parametrize("stage", range(1, 8))
def test_killed_at_a_stage(undisturbed: Undisturbed, store_path: Path, stage: int) -> None:
    """At no stage anything of the file is visible; a process that gets past the last one has it all."""
    ended = subprocess.run(
        [sys.executable, "-c", KILLED_AT_STAGE, store_path, undisturbed.log, str(stage)], check=False
    )
    assert ended.returncode in {0, -signal.SIGKILL}
    is_in = assert_wholly_in_or_out(store_path, undisturbed)
    assert is_in == (ended.returncode == 0)


@pytest.mark.parametrize("share", [0.5, 0.9, 1.0, 1.1])
def test_killed_at_any_moment(undisturbed: Undisturbed, store_path: Path, share: float) -> None:
    """The real command, killed after a share of the time that the import takes once it has opened the store."""
    process = subprocess.Popen(
        [sys.executable, "-m", "data", "import", undisturbed.log, "--store", store_path],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while process.poll() is None and not holds_open(process.pid, store_path):
        os.sched_yield()
    try:
        process.wait(undisturbed.seconds * share)
    except subprocess.TimeoutExpired:
        process.kill()
    process.wait()
    assert_wholly_in_or_out(store_path, undisturbed)


def holds_open(pid: int, path: Path) -> bool:
    """Whether a process has a file open."""
    folder = Path(f"/proc/{pid}/fd")
    try:
        return any(link.readlink() == path for link in folder.iterdir())
    except OSError:  # The process or the descriptor went away.
        return False
