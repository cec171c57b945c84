"""Every page in every language: nothing that a screen says stays English."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data.readers.registry import READERS
from pages.frame import PAGES
from pages.i18n.language import NAMES
from tests.pages.conftest import Opened, opened_page
from tests.pages.logs import SETTLING_LOG, SILENT_LOG
from tests.pages.test_words import all_entries

_TEXTS = {"label", "help", "body", "value", "alt", "text", "placeholder", "caption", "options", "content", "page_title"}
"""The fields of what Streamlit sends to the browser in which people read."""
_MARKUP = re.compile(r":material/\w+:|:\w+\[|[\[\]]|^- ")
_ALIKE = {
    *NAMES.values(),
    "Spring sale",
    "DM1",
    "example.com",
    "CSV",
    "Excel (XLSX)",
    "Parquet",
    *(reader.label for reader in READERS),
}
"""Names."""


def _texts(at: AppTest) -> Iterator[str]:
    """All that people read of a page, as it is sent to the browser."""
    for region in (at.main, at.sidebar):
        for node in region:
            yield from _read(getattr(node, "proto", None))


def _read(message: Any) -> Iterator[str]:  # noqa: ANN401 - whatever Streamlit sends
    for field, value in message.ListFields() if hasattr(message, "ListFields") else ():
        if field.name == "spec":
            yield from _drawn(json.loads(value))
        elif field.name == "columns" and isinstance(value, str):
            yield from (column["label"] for column in json.loads(value or "{}").values() if column.get("label"))
        for part in value if hasattr(value, "append") else [value]:
            if isinstance(part, str):
                yield from part.splitlines() if field.name in _TEXTS else ()
            else:
                yield from _read(part)


def _drawn(spec: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    """The words of a chart: of its titles, names, annotations and labels."""
    if isinstance(spec, dict):
        for name, value in spec.items():
            if name in {"text", "name", "title", "ticktext", "hovertemplate"} and isinstance(value, str):
                yield value
            elif name != "template":
                yield from _drawn(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from _drawn(value)


def _words_of(text: str) -> str:
    return _MARKUP.sub("", text).strip()


def _is_of_a_language(text: str) -> bool:
    """Whether there are words in it beyond names, numbers, units and times."""
    bare = re.sub(r"%\{[^}]*\}|<[^>]*>|\d+|\b(h|min|s|UTC|EFS|KPI)\b", "", text)
    return bool(re.search(r"[A-Za-z]{2}", bare)) and text not in _ALIKE


@cache
def _alike_in(language: str) -> set[str]:
    """The texts that a catalogue says are the same in a language."""
    return {text for text, entry in all_entries().items() if entry[language] == text}


_ASKED = [
    *((place, {"delivery": "DM1"}) for place in PAGES),
    ("", {"delivery": "DM1", "at": "5", "axis": "clock"}),
    ("", {"delivery": "DM1", "at": "22", "efs": "false", "axis": "age"}),
    ("", {"delivery": "DM1", "at": "22", "campaign-v8": "true", "base": "reported", "course-table": "true"}),
    ("", {"delivery": "DM2"}),
    ("modes", {"delivery": "DM2"}),
    ("failures", {"delivery": "DM1", "at": "22", "efs": "false"}),
]


@pytest.mark.parametrize(("place", "asked"), _ASKED, ids=str)
def test_no_text_of_a_page_is_english_elsewhere(page: Opened, place: str, asked: dict[str, str]) -> None:
    """What is said in English is said in no other language, but for names and a few words that are alike."""
    english = {_words_of(text) for text in _texts(page(SETTLING_LOG, SILENT_LOG, page=place, **asked))}
    assert len(english) > 5
    for language in ("de", "sv"):
        foreign = {_words_of(text) for text in _texts(opened_page(place, lang=language, **asked))}
        alike = {text for text in english & foreign if _is_of_a_language(text) and text not in _alike_in(language)}
        assert alike == set(), language
