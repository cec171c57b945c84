"""Mapping files: what is written is read again, and what is wrong is named."""

import subprocess
import sys
from pathlib import Path

import pytest

from data.errors import LogRefusedError, LogUnreadableError
from data.mapping.files import mapping_text, read_mapping
from data.mapping.mapping import LogMapping

ROOT = Path(__file__).parents[3]
SMALL = """
[columns]
recipient = "Email"
event_time = "Date"
kind = "Status"
"""


def _read(folder: Path, text: str) -> LogMapping:
    path = folder / "letters.toml"
    path.write_text(text)
    return read_mapping(path)


@pytest.mark.parametrize(
    "mapping",
    [
        LogMapping("Small", {"recipient": "Email"}, times={"Sent": "relayed"}),
        LogMapping(
            'Odd "names" \\ \x7f \u00e5 \U0001f4e8 \n',
            {"recipient": 'E="mail"', "event_time": "a.b", "kind": "\ttab"},
            {"": "ignored", "Hard bounce": "bounced", "\\": "unknown", "]": "opened"},
            {"Sent = at": "relayed"},
            "%d/%m/%Y %H:%M",
        ),
    ],
)
def test_what_is_written_is_read_again(mapping: LogMapping, tmp_path: Path) -> None:
    """Whatever the columns and values are called."""
    assert _read(tmp_path, mapping_text(mapping)) == mapping


def test_a_mapping_without_a_name_is_called_like_its_file(tmp_path: Path) -> None:
    """So that the report can name it."""
    assert _read(tmp_path, SMALL).name == "letters"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("colums = 1", "there is no key colums; the keys are name, time_format, columns, values or times."),
        ("columns = 1", 'columns is no table; write [columns] and below it lines such as name = "value".'),
        ("[columns]\nrecipient = 1", "columns.recipient is no text; put it between quotes."),
        ("name = 1", "name is no text; put it between quotes."),
        ("[columns]\naddress = 'a'", "columns.address is no field of an event; use recipient, event_time, "),
        ("", "columns.recipient is missing; name the column that holds the address."),
        ("[columns]\nrecipient = 'a'", "columns.event_time and columns.kind are missing; name both, or give columns"),
        ("[columns]\nrecipient = 'a'\nkind = 'b'", "columns.event_time is missing; kind needs it; "),
        ("[columns]\nrecipient = 'a'\nevent_time = 'b'", "columns.kind is missing; event_time needs it; "),
        (
            SMALL + "[values]\nSent = 'sent'",
            'values gives "Sent" the meaning "sent"; use targeted, rejected, relayed, ',
        ),
        (SMALL + "[times]\nAt = 'sent'", 'times gives "At" the meaning "sent"; use '),
        ("time_format = '%Q'" + SMALL, 'time_format "%Q" is not understood; write it as strptime does, such as '),
        ("time_format = ''" + SMALL, 'time_format "" is not understood; '),
    ],
)
def test_what_is_wrong_is_named_with_what_to_write(text: str, sentence: str, tmp_path: Path) -> None:
    """One sentence, with the file and the key."""
    with pytest.raises(LogRefusedError) as refused:
        _read(tmp_path, text)
    assert str(refused.value).startswith(f"letters.toml: {sentence}")
    assert str(refused.value).endswith(".")


def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path) -> None:
    """Missing, no text, no TOML."""
    with pytest.raises(LogUnreadableError, match="cannot be read; name a mapping file"):
        read_mapping(tmp_path / "missing.toml")
    (tmp_path / "picture").write_bytes(b"\x89PNG\xff")
    with pytest.raises(LogUnreadableError, match="cannot be read; name a mapping file"):
        read_mapping(tmp_path / "picture")
    with pytest.raises(LogRefusedError, match=r"letters\.toml is no TOML \(.+\); write it as docs/mapping\.md"):
        _read(tmp_path, "[columns")


def _import(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "data", "import", *arguments, "--store", str(folder / "store.duckdb")]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_command_line_takes_a_mapping_file(tmp_path: Path) -> None:
    """The log is read by it; trouble with it is one sentence and exit code 2."""
    log, mapping = tmp_path / "log.csv", tmp_path / "letters.toml"
    log.write_text("Email;Date;Status\nada@one.example;2026-03-02T08:00:00Z;ok\n")
    mapping.write_text(SMALL + "[values]\nok = 'delivered'\n")
    done = _import(tmp_path, str(log), "--mapping", str(mapping))
    assert done.returncode == 0
    assert done.stdout.startswith("log.csv: 1 record, 1 used. Read by the mapping letters.")
    mapping.write_text("[columns]")
    refused = _import(tmp_path, str(log), "--mapping", str(mapping))
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
    both = _import(tmp_path, str(log), "--mapping", str(mapping), "--format", "postfix")
    assert (both.returncode, both.stderr.count("\n")) == (2, 1)
