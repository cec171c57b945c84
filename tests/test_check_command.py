"""`python -m data check`: the dry run of logs, its findings as text, JSON and CSV, and its exit codes."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from data.__main__ import main

LOG = """\
kind,event_time,message_id,recipient,delivery_id,diagnostic
relayed,2026-03-01T08:00:00Z,m1,ada@one.example,spring,
delivered,2026-03-01T08:01:00Z,m1,ada@one.example,spring,
"""
TWICE = LOG.splitlines()[1] + "\n"
UNKNOWN = "teleported,2026-03-01T09:00:00Z,m1,ada@one.example,spring,by ray\n"
LATE = "deferred,2026-03-01T08:30:00+00:00,m1,ada@one.example,spring,\n"
BROKEN = "relayed,yesterday,m2,bob@one.example,spring,\n"

Check = Callable[..., tuple[int, str, str]]


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    """Run the command on a store of its own; gives the exit code and what was printed on both ways."""

    def checked(*arguments: str, command: str = "check") -> tuple[int, str, str]:
        code = main([command, *arguments, "--store", str(tmp_path / "store.duckdb")])
        return code, *capsys.readouterr()

    return checked


@pytest.fixture
def log(tmp_path: Path) -> Callable[..., str]:
    """Write a log of the sound lines and some odd ones; gives its path."""

    def written(*odd: str, name: str = "log.csv") -> str:
        (tmp_path / name).write_text(LOG + "".join(odd))
        return str(tmp_path / name)

    return written


def test_a_check_tells_what_an_import_would_and_keeps_nothing(check: Check, log: Callable[..., str]) -> None:
    """The report is that of the import, with the findings; no source is there afterwards."""
    path = log(TWICE, UNKNOWN)
    check("nothing.csv", command="import")
    (checked,) = json.loads(check(path, "--json")[1])
    assert json.loads(check("--json", command="sources")[1]) == []
    (imported,) = json.loads(check(path, "--json", command="import")[1])
    quality = checked.pop("quality")
    assert [(each["finding"], each["count"], len(each["rows"])) for each in quality] == [
        ("duplicate", 1, 1),
        ("unknown", 1, 1),
    ]
    assert quality[1]["words"] == {"teleported": 1}
    assert quality[1]["rows"][0] == {
        "line": 5,
        "delivery_id": "spring",
        "message_id": "m1",
        "recipient": "ada@one.example",
        "event_time": "2026-03-01T09:00:00Z",
        "kind": "unknown",
        "reason": "teleported",
        "detail": "by ray",
    }
    del checked["source_id"], imported["source_id"]
    assert checked == imported


def test_a_check_makes_no_store(check: Check, log: Callable[..., str], tmp_path: Path) -> None:
    """Where there is none, a log is checked as if against an empty one, of which nothing is left."""
    path = log()
    (report,) = json.loads(check(path, "--json")[1])
    assert (report["status"], report["used"]) == ("imported", 2)
    assert list(tmp_path.iterdir()) == [tmp_path / "log.csv"]


def test_the_text_counts_each_finding_and_names_the_unknown_words(check: Check, log: Callable[..., str]) -> None:
    """A line per finding below the file's own; a file with none says so."""
    code, out, err = check(log(TWICE, UNKNOWN, LATE), log(name="sound.csv"))
    lines = [line.strip() for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert [line.split(":")[0] for line in lines] == [
        "log.csv", "Delivery feedback", "1 duplicate", "1 contradiction", "1 unknown",
        "teleported (1); --meaning WORD=KIND says what one means.",
        "sound.csv", "Delivery feedback", "Nothing odd was found.",
    ]  # fmt: skip


def test_a_meaning_takes_the_word_off_the_findings(check: Check, log: Callable[..., str]) -> None:
    """The options are those of the import."""
    assert "Nothing odd was found." in check(log(UNKNOWN), "--meaning", "teleported=opened")[1]


def test_csv_lists_the_rows_of_all_files(check: Check, log: Callable[..., str]) -> None:
    """The first column is the file; refused ones are told beside it, so that what is printed stays CSV."""
    code, out, err = check(log(TWICE), log(BROKEN, LATE, name="other.csv"), "nothing.csv", "--csv")
    rows = list(csv.DictReader(out.splitlines()))
    assert list(rows[0])[:3] == ["source", "finding", "line"]
    assert [(row["source"], row["finding"], row["line"], row["event_time"]) for row in rows] == [
        ("log.csv", "duplicate", "4", "2026-03-01T08:00:00Z"),
        ("other.csv", "rejected", "4", ""),
        ("other.csv", "contradiction", "5", "2026-03-01T08:30:00Z"),
    ]
    assert rows[1]["detail"] == BROKEN.strip()
    assert (code, err.count("\n"), "nothing.csv cannot be read" in err) == (1, 1, True)


def test_csv_of_sound_files_is_the_header_alone(check: Check, log: Callable[..., str]) -> None:
    """A script finds its columns in any case."""
    assert check(log(), "--csv")[1].splitlines() == [
        "source,finding,line,delivery_id,message_id,recipient,event_time,kind,reason,detail"
    ]


def test_the_exit_codes_are_those_of_an_import(check: Check, log: Callable[..., str]) -> None:
    """0 sound or odd, 1 with rejected lines or a refused file beside others, 2 where nothing could be read."""
    path = log(TWICE)
    assert check(path)[0] == 0
    assert check(path, "nothing.csv")[0] == 1
    assert check(log(BROKEN, name="broken.csv"))[0] == 1
    assert check("nothing.csv")[0] == 2


def test_a_file_that_was_not_read_has_no_findings(check: Check, log: Callable[..., str]) -> None:
    """Null, not an empty list: whether anything is odd about it is not known."""
    path = log()
    check(path, command="import")
    reports = json.loads(check(path, "nothing.csv", "--json")[1])
    assert [(report["status"], report["quality"]) for report in reports] == [
        ("already_imported", None),
        ("refused", None),
    ]
