"""Detection: every log is one reader's, and each reader refuses its neighbours' files."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from data.intake import opened_log
from data.readers.registry import READERS
from data.settings import SAMPLES
from data.simulator import SimulatedLog, simulate

READER_OF = {
    SimulatedLog.EVENTS_CSV: "events-csv",
    SimulatedLog.EVENTS_NDJSON: "events-ndjson",
    SimulatedLog.CAMPAIGN_EFS: "campaign",
    SimulatedLog.CAMPAIGN: "campaign",
    SimulatedLog.POSTFIX: "postfix",
    SimulatedLog.POSTFIX_RFC3339: "postfix",
}


def _detected(path: Path) -> list[str]:
    with TemporaryDirectory() as folder, opened_log(path, None, Path(folder)) as log:
        return [reader.name for reader in READERS if reader.detects(log.head)]


@pytest.mark.parametrize("kind", list(SimulatedLog))
def test_a_log_is_recognised_by_its_reader_alone(kind: SimulatedLog, tmp_path: Path) -> None:
    """Exactly one reader takes a log for its own, whatever the file is called."""
    path = tmp_path / "log"
    simulate(path, messages=50, log=kind)
    assert _detected(path) == [READER_OF[kind]]


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_a_sample_is_recognised_by_one_reader(path: Path) -> None:
    """No sample is claimed twice or not at all."""
    assert len(_detected(path)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "id,status,address\n1,active,ada@one.example\n",
        "date,status,address\n2026-03-01,paid,1 High Street\n",
        "Mar  2 08:00:00 host sshd[1]: Accepted publickey for ada\n",
        '{"kind": "relayed"}\n',
        '[{"event": "processed"}]\n',
        "kind,event_time,message_id\nrelayed,2026-03-01T10:00:00Z,m1\n",
        "<html><body>Log in</body></html>\n",
        "\n\n\n",
    ],
)
def test_what_is_no_known_log_is_nobodys(text: str, tmp_path: Path) -> None:
    """A file that merely resembles a log is left to none."""
    path = tmp_path / "log.csv"
    path.write_text(text)
    assert _detected(path) == []
