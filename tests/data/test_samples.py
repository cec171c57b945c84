import gzip
from pathlib import Path

import pytest

from data.ingest import import_log
from data.report import Status
from data.settings import SAMPLES
from data.simulator import write_samples
from data.store import Store

# File name -> the format that it shows.
FORMATS = {
    "events.csv.gz": "events-csv",
    "campaign_efs.txt": "campaign",
    "campaign_ohne_efs.txt": "campaign",
    "postfix.log.gz": "postfix",
}


def plain(path: Path) -> bytes:
    """The bytes of a sample without its compression."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def test_samples_are_what_the_simulator_writes(tmp_path: Path) -> None:
    """Remaking the samples gives the files that are kept, byte by byte."""
    write_samples(tmp_path)
    remade = {path.name: plain(path) for path in tmp_path.iterdir()}
    assert remade == {name: plain(SAMPLES / name) for name in FORMATS}


@pytest.mark.parametrize("name", FORMATS)
def test_samples_are_small(name: str) -> None:
    """A sample is quickly read, by people too."""
    assert (SAMPLES / name).stat().st_size < 300_000


@pytest.mark.parametrize(("name", "format_name"), FORMATS.items())
def test_samples_are_read_whole(store: Store, name: str, format_name: str) -> None:
    """Each sample is recognised, and nothing in it is rejected, unknown or contradictory."""
    report = import_log(store, SAMPLES / name)
    assert (report.status, report.format) == (Status.IMPORTED, format_name)
    assert (report.rejected, report.unknown, report.contradictions) == (0, 0, 0)
    assert report.used > 400
