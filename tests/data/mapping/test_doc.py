"""docs/mapping.md says what is so."""

import re
from pathlib import Path

import pytest

from data.mapping.files import read_mapping
from data.mapping.mapping import FIELDS

PAGE = (Path(__file__).parents[3] / "docs" / "mapping.md").read_text("utf-8")


@pytest.mark.parametrize("example", re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL))
def test_its_examples_are_mappings(example: str, tmp_path: Path) -> None:
    """Each of them can be copied and used."""
    path = tmp_path / "example.toml"
    path.write_text(example)
    assert read_mapping(path).columns["recipient"] == "E-mail"


def test_it_names_every_field() -> None:
    """In the one line that lists them."""
    (line,) = re.findall(r"^The fields: (.*?)\. ", PAGE, re.MULTILINE)
    assert re.findall(r"`(\w+)`", line) == list(FIELDS)
