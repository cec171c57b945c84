"""The documentation says what is so."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from data.events import Kind
from data.intake import opened_log
from data.readers.events import OPTIONAL, REQUIRED
from data.readers.reader import Reader
from data.readers.registry import READERS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
EVENT_LOG = (ROOT / "docs" / "event-log.md").read_text("utf-8")


def test_the_readme_lists_every_format() -> None:
    """Each registered reader has its row, under its name, and no other has one."""
    rows = re.findall(r"^\| \[(.+?)\]\(docs/formats/(.+?)\.md\) \| `(.+?)` \|", README, re.MULTILINE)
    assert sorted(rows) == sorted((reader.label, reader.name, reader.name) for reader in READERS)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_every_format_has_its_page(reader: Reader, tmp_path: Path) -> None:
    """What it is, how to export it in a few steps, what it answers, its words, and an example that its reader takes."""
    page = (ROOT / "docs" / "formats" / f"{reader.name}.md").read_text("utf-8")
    assert page.startswith(f"# {reader.label}\n\n`--format {reader.name}`\n")
    parts = dict(re.findall(r"^## (.+?)\n(.+?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    assert list(parts) == ["Export it", "What it answers", "Its words", "One record"]
    assert 2 <= len(re.findall(r"^\d\. ", parts["Export it"], re.MULTILINE)) <= 4
    example = tmp_path / "example"
    example.write_text(re.findall(r"```\w*\n(.+?)```", parts["One record"], re.DOTALL)[0])
    with opened_log(example, None, tmp_path / "temp") as log:
        assert [each.name for each in READERS if each.detects(log.head)] == [reader.name]


def test_no_page_is_of_a_format_that_is_gone() -> None:
    """The pages are those of the registered readers."""
    pages = {path.stem for path in (ROOT / "docs" / "formats").glob("*.md")}
    assert pages == {reader.name for reader in READERS}


def test_the_event_log_is_documented_to_the_column() -> None:
    """Every column and every kind stands in docs/event-log.md, and nothing else."""
    columns, kinds = EVENT_LOG.split("| kind | meaning |")
    listed = {
        name for row in re.findall(r"^\| (`.+?) \|", columns, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)
    }
    assert listed == {*REQUIRED, *OPTIONAL}
    listed = {name for row in re.findall(r"^\| (`.+?) \|", kinds, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)}
    assert listed == set(Kind) - {Kind.UNKNOWN}


def test_the_doors_have_the_options_that_the_readme_names() -> None:
    """Each option in the README's synopsis is known to its command."""
    for line in re.findall(r"^python -m (?:data|analytics) .*$", README, re.MULTILINE):
        words = line.replace("...", "").split()
        package, command = words[2], words[3]
        told = subprocess.run(
            [sys.executable, "-m", package, command, "--help"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        for option in re.findall(r"--[a-z]+", line):
            assert option in told, f"{package} {command} {option}"


def test_every_decision_is_in_the_index() -> None:
    """The index of decisions names each record once."""
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text("utf-8")
    records = {path.name for path in folder.glob("0*.md")}
    assert set(re.findall(r"\((0\d+-[\w-]+\.md)\)", index)) == records
