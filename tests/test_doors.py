"""The two doors for scripts, as scripts use them: real processes, their output, their exit codes."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

LOG = """\
kind,event_time,message_id,recipient,delivery_id,delivery_label
relayed,2026-03-01T10:00:00Z,m1,a@one.example,d1,Spring
relayed,2026-03-01T10:00:10Z,m2,b@one.example,d1,Spring
delivered,2026-03-01T10:01:00Z,m1,a@one.example,d1,Spring
deferred,2026-03-01T10:01:30Z,m2,b@one.example,d1,Spring
opened,2026-03-01T10:59:00Z,m1,a@one.example,d1,Spring
bounced,2026-03-01T12:30:00Z,m2,b@one.example,d1,Spring
"""
BROKEN = "relayed,2026-02-30T10:00:00Z,m3,c@one.example,d1,Spring\n"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run a door in a folder of its own, with its default store."""
    root = Path(__file__).parent.parent

    def ran(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=tmp_path,
            env={"PYTHONPATH": str(root), "PATH": "", "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )

    (tmp_path / "log.csv").write_text(LOG)
    (tmp_path / "broken.csv").write_text(LOG + BROKEN)
    return ran


def told(done: subprocess.CompletedProcess[str]) -> Any:  # noqa: ANN401 - JSON
    """The JSON that a door printed."""
    assert not done.stderr
    return json.loads(done.stdout)


def test_import_reports_every_record(run: Run) -> None:
    """An import tells what became of every record, and a second one of the same file adds nothing; both are done."""
    first, again = run("data", "import", "log.csv", "--json"), run("data", "import", "log.csv", "--json")
    assert (first.returncode, again.returncode) == (0, 0)
    (report,) = told(first)
    assert (report["source"], report["format"], report["status"]) == ("log.csv", "events-csv", "imported")
    counts = {name: report[name] for name in ("records", "used", "duplicates", "rejected", "ignored", "events")}
    assert counts == {"records": 6, "used": 6, "duplicates": 0, "rejected": 0, "ignored": 0, "events": 6}
    assert (report["contradictions"], report["unknown"], report["deliveries"]) == (0, 0, ["d1"])
    assert told(again)[0]["status"] == "already_imported"


def test_rejected_lines_make_exit_code_1_and_are_kept(run: Run) -> None:
    """A file with an unreadable line is done with rejected lines; the line is listed with number, text and reason."""
    assert run("data", "import", "broken.csv").returncode == 1
    (line,) = told(run("data", "rejects", "broken.csv", "--json"))
    assert (line["line"], line["text"]) == (8, BROKEN.strip())
    assert "2026-02-30" in line["reason"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("data", "import", "nothing.csv"), "nothing.csv cannot be read"),
        (("data", "import", "log.csv", "--timezone", "Mars/Olympus"), "no time zone Mars/Olympus"),
        (("data", "import", "log.csv", "--timezone", "posix/Europe/Berlin"), "no time zone posix/Europe/Berlin"),
        (("data", "import", "log.csv", "--validity", "0"), "must be more than 0"),
        (("data", "import", "log.csv", "--year", "99999"), "99999 is no year"),
        (("data", "simulate", "nowhere/log.csv"), "cannot be written"),
        (("data", "rejects", "9"), "no store .sendlog/sendlog.duckdb; import a log"),
        (("data", "nonsense"), "invalid choice"),
        (("analytics", "tile", "--delivery", "d9", "--mode", "with-efs"), "no store .sendlog/sendlog.duckdb; import"),
        (("analytics", "tile", "--delivery", "d1", "--mode", "without-efs", "--at", "soon"), "soon is no ISO time"),
        (("analytics", "tile", "--delivery", "d1", "--mode", "with-efs", "--at", "+99999999999h"), "too long a time"),
        (("analytics", "series", "--delivery", "d1", "--mode", "with-efs", "--every", "999999d"), "is no whole number"),
        (("analytics", "series", "--delivery", "d1", "--mode", "with-efs", "--every", "90s"), "90s is no whole number"),
    ],
)
def test_an_error_is_one_sentence_and_exit_code_2(run: Run, arguments: tuple[str, ...], sentence: str) -> None:
    """Where nothing could be done, stderr says in one line what is wrong, and nothing else is printed."""
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert done.stderr.count("\n") == 1


def test_what_is_not_in_the_store_is_named(run: Run) -> None:
    """The same where the store is there, and what is asked for is not in it."""
    run("data", "import", "log.csv")
    for command, sentence in (
        (("data", "rejects", "9"), "no source 9"),
        (("data", "about", "d9"), "no delivery d9"),
        (("analytics", "tile", "--delivery", "d9", "--mode", "with-efs"), "no delivery d9"),
    ):
        done = run(*command)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert sentence in done.stderr


def test_several_files_are_done_one_by_one(run: Run) -> None:
    """A file that is no log does not keep the others out; the exit code says that not all was well."""
    done = run("data", "import", "log.csv", "nothing.csv", "--json")
    assert done.returncode == 1
    assert [report["status"] for report in json.loads(done.stdout)] == ["imported", "refused"]


def test_deliveries_are_listed(run: Run) -> None:
    """The list names each delivery's id, label, times in UTC, validity and whether its log has delivery feedback."""
    run("data", "import", "log.csv", "--validity", "48")
    (delivery,) = told(run("data", "deliveries", "--json"))
    assert delivery == {
        "id": "d1",
        "label": "Spring",
        "channel": "email",
        "started_at": "2026-03-01T10:00:00Z",
        "ended_at": "2026-03-03T10:00:10Z",
        "observed_until": "2026-03-01T12:30:00Z",
        "validity_hours": 48.0,
        "messages": 2,
        "has_delivery_feedback": True,
    }


def test_the_tile_is_told_at_any_moment(run: Run) -> None:
    """An offset from the start, an ISO time with or without a zone, and the default name moments; shares are 0..1."""
    run("data", "import", "log.csv")

    def tile(mode: str, *at: str) -> dict[str, Any]:
        return dict(told(run("analytics", "tile", "--delivery", "d1", "--mode", mode, *at, "--json")))

    efs = tile("with-efs", "--at", "+90m")
    assert (efs["at"], efs["base"], efs["mode"], efs["delivery"]) == (
        "2026-03-01T11:30:00Z",
        "to-deliver",
        "with-efs",
        "d1",
    )
    assert [efs[name] for name in ("to_deliver", "sent", "delivered", "bounces_errors", "pending", "canceled")] == [
        2,
        2,
        1,
        1,
        0,
        0,
    ]
    assert [efs[name] for name in ("delivered_rate", "bounces_errors_rate", "open_rate")] == [0.5, 0.5, 1.0]
    assert tile("without-efs", "--at", "2026-03-01T12:30:00+01:00")["delivered_rate"] == 1.0
    assert tile("without-efs")["delivered_rate"] == 0.5


def test_the_series_has_a_row_per_step_and_one_for_the_end(run: Run) -> None:
    """As JSON and as CSV: the start, every step, the last moment observed, with the names of the tile."""
    run("data", "import", "log.csv")
    asked = ("analytics", "series", "--delivery", "d1", "--mode", "without-efs", "--every", "1h")
    rows = told(run(*asked, "--json"))
    assert [row["at"][11:16] for row in rows] == ["10:00", "11:00", "12:00", "12:30"]
    assert [row["delivered_rate"] for row in rows] == [1.0, 1.0, 1.0, 0.5]
    header, *lines = run(*asked, "--csv").stdout.splitlines()
    assert set(header.split(",")) == set(rows[0])
    assert len(lines) == len(rows)


def test_a_store_in_use_is_said_in_a_sentence(run: Run, tmp_path: Path) -> None:
    """While another process holds the store, the door names the file and says what to do."""
    holder = subprocess.Popen(
        [sys.executable, "-c", "from data.store import Store; s = Store(); print('open', flush=True); input()"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(__file__).parent.parent), "PATH": ""},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        done = run("data", "deliveries")
        holder.communicate(b"\n")
    assert done.returncode == 2
    assert "sendlog.duckdb is open in another process" in done.stderr


def test_a_source_can_be_removed(run: Run) -> None:
    """What only the removed file told is gone, and the file can be imported again."""
    run("data", "import", "log.csv")
    assert told(run("data", "remove", "log.csv", "--json")) == {"removed": "log.csv"}
    assert told(run("data", "deliveries", "--json")) == []
    assert told(run("data", "import", "log.csv", "--json"))[0]["used"] == 6


def test_a_simulated_log_can_be_imported(run: Run) -> None:
    """The simulator writes what the readers read."""
    assert run("data", "simulate", "simulated.csv", "--messages", "200").returncode == 0
    (report,) = told(run("data", "import", "simulated.csv", "--json"))
    assert report["rejected"] == report["contradictions"] == report["unknown"] == 0


@pytest.mark.parametrize(
    ("at", "answered", "sent", "note"),
    [
        ("+99999999d", "2026-03-01T12:30:00Z", 2, "The log of d1 ends at 2026-03-01T12:30:00Z"),
        ("2026-03-01T12:30:01", "2026-03-01T12:30:00Z", 2, "The log of d1 ends at 2026-03-01T12:30:00Z"),
        ("+150m", "2026-03-01T12:30:00Z", 2, ""),
        ("+0m", "2026-03-01T10:00:00Z", 1, ""),
        ("2026-03-01T09:59:59", "2026-03-01T09:59:59Z", 0, "before the start of d1 at 2026-03-01T10:00:00Z"),
    ],
)
def test_a_moment_outside_of_the_log_is_said(run: Run, at: str, answered: str, sent: int, note: str) -> None:
    """The tile names its moment, at most the last one observed; one that the log does not tell of is said."""
    run("data", "import", "log.csv")
    done = run("analytics", "tile", "--delivery", "d1", "--mode", "with-efs", "--json", "--at", at)
    tile = json.loads(done.stdout)
    assert (done.returncode, tile["at"], tile["sent"]) == (0, answered, sent)
    assert note in done.stderr
    assert done.stderr.count("\n") == bool(note)


def test_moments_outside_of_the_log_are_said_once(run: Run, tmp_path: Path) -> None:
    """By the ledger and the domains as well; a log that begins in its middle tells only in part of what was before."""
    (tmp_path / "late.csv").write_text(
        "kind,event_time,message_id,recipient,delivery_id,queued_at\n"
        "delivered,2026-03-01T10:00:00Z,m1,a@one.example,d1,2026-03-01T09:00:00Z\n"
        "relayed,2026-03-01T10:01:00Z,m2,b@one.example,d1,\n"
    )
    run("data", "import", "late.csv")
    asked = ("--delivery", "d1", "--mode", "with-efs")
    beyond = run("analytics", "ledger", *asked, "--from", "+2d", "--to", "+3d")
    assert (beyond.returncode, beyond.stderr.splitlines()) == (
        0,
        ["The log of d1 ends at 2026-03-01T10:01:00Z; the answer is as of then."],
    )
    (note,) = run("analytics", "domains", *asked, "--at", "+5m").stderr.splitlines()
    assert note.startswith("The log of d1 begins only at 2026-03-01T10:00:00Z; of 2026-03-01T09:05:00Z")
    (error,) = run("analytics", "ledger", *asked, "--from", "+3d", "--to", "+2d").stderr.splitlines()
    assert "give the earlier moment first" in error


def test_a_name_that_several_sources_have_is_asked_back(run: Run, tmp_path: Path) -> None:
    """Two files of one name are told apart by number; nothing is removed by guess."""
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "log.csv").write_text(LOG.replace("d1", "d2"))
    run("data", "import", "log.csv", "other/log.csv")
    done = run("data", "remove", "log.csv")
    assert (done.returncode, len(told(run("data", "sources", "--json")))) == (2, 2)
    assert "name one by its number: 1, 2" in done.stderr
    assert run("data", "remove", "2").returncode == 0


def test_a_label_given_to_an_event_log_names_its_delivery(run: Run, tmp_path: Path) -> None:
    """--delivery labels the one delivery that the file names, and is refused where it names several."""
    (tmp_path / "two.csv").write_text(LOG + LOG.split("\n", 1)[1].replace("d1", "d2"))
    run("data", "import", "log.csv", "--delivery", "Spring sale")
    assert told(run("data", "deliveries", "--json"))[0]["label"] == "Spring sale"
    refused = run("data", "import", "two.csv", "--delivery", "Spring sale")
    assert (refused.returncode, "names 2 deliveries itself" in refused.stderr) == (2, True)


def test_a_useless_import_may_be_tried_again(run: Run, tmp_path: Path) -> None:
    """A file of which nothing could be used does not stand in its own way."""
    (tmp_path / "local.csv").write_text(
        "kind,event_time,message_id,recipient,delivery_id\nrelayed,2026-03-29T02:30:00,m1,a@one.example,d1\n"
    )
    first = run("data", "import", "local.csv", "--timezone", "Europe/Berlin", "--json")
    assert (first.returncode, told(first)[0]["rejected"]) == (1, 1)
    again = run("data", "import", "local.csv", "--timezone", "UTC", "--json")
    assert (again.returncode, told(again)[0]["used"]) == (0, 1)
    assert len(told(run("data", "sources", "--json"))) == 1
