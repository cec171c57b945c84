import shutil
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.additions import add, write
from data.ingest import import_log
from data.simulator import simulate
from data.store import Store


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log, its store, and the files that continue it."""
    folder = tmp_path_factory.mktemp("additions")
    log = folder / "log.csv"
    simulate(log, messages=20_000, deliveries=2)
    with Store(folder / "store.duckdb") as store:
        import_log(store, log)
    write(str(log), str(folder / "store.duckdb"), str(folder))
    return folder


def test_an_addition_has_ten_thousand_events(folder: Path) -> None:
    """One file continues one delivery, the other all of them; both tell of messages that it names and of others."""
    named = pd.read_csv(folder / "log.csv", usecols=["message_id"])["message_id"]
    for name, deliveries in (("one", 1), ("spread", 2)):
        events = pd.read_csv(folder / f"{name}-1.csv")
        assert (len(events), events["delivery_id"].nunique()) == (10_000, deliveries)
        is_held = events["message_id"].isin(named)
        assert is_held.sum() == 6000
        assert set(events[is_held]["kind"]) == {"opened", "clicked", "deferred", "bounced"}
        assert set(events[~is_held]["kind"]) == {"relayed", "deferred", "delivered", "opened"}


def test_an_addition_is_believable(folder: Path) -> None:
    """Its events are new and tell an allowed story: hardly one contradicts what the store holds."""
    with Store(folder / "store.duckdb") as store:
        report = import_log(store, folder / "one-1.csv", dry_run=True)
    assert (report.events, report.rejected, report.duplicates) == (10_000, 0, 0)
    assert report.contradictions < 100


def test_a_file_that_is_known_stops_the_benchmark(folder: Path) -> None:
    """What adding costs is told only of files that are new to the store."""
    path, store = str(folder / "spread-1.csv"), str(shutil.copy(folder / "store.duckdb", folder / "copy.duckdb"))
    assert add(store, path)["seconds"] > 0
    with pytest.raises(SystemExit, match="imported before"):
        add(store, path)
