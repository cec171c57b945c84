"""The Import page in the languages spoken: run through the frame, from the first visit to the last removal."""

import json
import re
from collections.abc import Iterator
from typing import Any
from zoneinfo import available_timezones

import pytest
from streamlit.testing.v1 import AppTest

from data.mapping.mapped import MAPPED
from data.quality import Finding
from data.readers.registry import READERS
from data.sources import sources
from pages.i18n.language import Language
from pages.session.store import opened_store
from tests.pages.conftest import Opened
from tests.pages.test_import import dropped, imported, settled
from tests.pages.test_mapping import TABLE
from tests.pages.test_quality import ODD

_SAID = {"label", "body", "help", "placeholder", "options", "alt", "title", "text"}
"""The fields in which elements hold what people read."""
_MARKUP = re.compile(r"^- |:material/\w+:|:\w+(-badge)?\[|[][*]")
_FILES = ("odd.csv", "again.csv", "letters.csv", "picture.csv", "letters")
_SAME = {
    Language.GERMAN: {"CSV", "JSON", "Status", "Format", "Text", "Detail", "Import", "Link", "Opt-in", "Opt-out"},
    Language.SWEDISH: {"CSV", "JSON", "Status", "Format", "Text", "Period"},
}
"""Words that are written alike in English."""
_ZONES = available_timezones()
_LABELS = {reader.label for reader in (*READERS, MAPPED)}
_OF_THE_LOGS = {
    "DD/MM/YYYY hh:mm:ss",
    "spring",
    "Spring",
    "E-mail",
    "Date",
    "Campaign",
    "Delivered",
    "Hard bounce",
    "Held",
    "up <b>x</b> $z$",
}


def _texts(node: Any) -> Iterator[str]:  # noqa: ANN401 - AppTest's blocks and elements have no common type
    """What an element and all within it say to people, in their order; zones and cells of tables are left out."""
    for child in node.children.values():
        proto = getattr(child, "proto", None)
        if proto is not None and not proto.DESCRIPTOR.name.endswith("Config"):
            yield from _said_in(proto)
        if hasattr(child, "children"):
            yield from _texts(child)


def _said_in(proto: Any) -> Iterator[str]:  # noqa: ANN401 - protobuf brings no types
    for field, value in proto.ListFields():
        if field.type == field.TYPE_MESSAGE and not field.is_repeated:
            yield from _said_in(value)
        elif field.name == "columns" and isinstance(value, str) and value:
            yield from (column["label"] for column in json.loads(value).values() if column.get("label"))
        elif field.name in _SAID:
            yield from value.splitlines() if isinstance(value, str) else [each for each in value if each not in _ZONES]


def _said(at: AppTest) -> list[str]:
    assert not at.exception
    return [text for place in (0, 2) if place in at._tree.children for text in _texts(at._tree[place])]


def _journey(at: AppTest) -> Iterator[str]:
    """Everything that is read on the way: files of all sorts are dropped, mapped, imported, and removed again."""
    yield from _said(at)
    dropped(at, ("picture.csv", b"\x89PNG\0"))
    settled(at.selectbox(key="import_timezone").set_value("Europe/Stockholm").run())
    dropped(at, ("letters.csv", TABLE), ("odd.csv", ODD), ("again.csv", ODD))
    yield from _said(at)
    for finding in (Finding.REJECTED, Finding.CONTRADICTION, Finding.OPENED_BUT_FAILED, Finding.AFTER_VALIDITY_END):
        at.button(key=f"quality_{finding}_checked_3").click().run()
        yield from _said(at)
        yield from _cells(at)
    settled(at.button(key="map_2").click().run())
    yield from _said(at)
    settled(at.button(key="map_2_save").click().run())
    yield from _said(at)
    yield from _said(imported(at))
    dropped(at, ("again.csv", ODD))
    yield from _said(at)
    settled(at.button(key="leave_out_5").click().run())
    for _ in range(2):
        at.session_state[f"sources_{opened_store().data_version()}"] = {
            "selection": {"rows": [0], "columns": [], "cells": []}
        }
        yield from _said(at.run())
        yield from _said(at.button(key="remove_source").click().run())
        # In a browser the dialog runs by itself; here all runs again, so that it has to be opened again.
        at.button(key="remove_source").click()
        settled(at.button(key="confirm_removal").click().run())
        yield from _said(at)
    yield from _said(settled(at.button(key="delete_mapping_0").click().run()))


def _cells(at: AppTest) -> list[str]:
    """The words in the rows of a finding."""
    rows = at.dataframe[0].value
    return [str(text) for name in ("kind", "reason") if name in rows for text in rows[name].dropna()]


def _is_of_the_log(text: str) -> bool:
    """Whether a text is a name or a value that no language changes."""
    return not re.search(r"[a-zA-Z]", text) or text in _LABELS | _OF_THE_LOGS or text in _FILES


def test_no_text_of_the_page_is_english_elsewhere(page: Opened) -> None:
    """In German and Swedish every text differs from the English one in its place, but for names and a few words."""
    said = {}
    for language in Language:
        said[language] = [_MARKUP.sub("", text).strip() for text in _journey(page(page="import", lang=language.value))]
        assert sources(opened_store()).empty
    english = said.pop(Language.ENGLISH)
    assert len(english) > 300
    for language, texts in said.items():
        assert len(texts) == len(english)
        alike = {text for text, meant in zip(texts, english, strict=True) if text == meant and not _is_of_the_log(text)}
        assert not alike - _SAME[language]
        assert not [text for text in texts if re.search(r"--(?!mapping FILE)[a-z]", text)]


_REFUSED = {
    "de": "letters.csv ist kein Log, das Sendlog erkennt; hat die Datei ein lesbares Format, dieses mit der Option "
    "„Format“ angeben, oder mit der Schaltfläche unten sagen, was die Spalten bedeuten.",
    "sv": "letters.csv är ingen logg som Sendlog känner igen; om formatet kan läsas, ange det med alternativet Format, "
    "eller ange med knappen nedan vad kolumnerna betyder.",
}


@pytest.mark.parametrize("language", _REFUSED)
def test_what_is_said_of_a_file_names_the_options_of_the_page(language: str, page: Opened) -> None:
    """A sentence of the core is translated, and names the options as the page does; the file's name stays as it is."""
    at = dropped(page(page="import", lang=language), ("letters.csv", TABLE), ("--format.csv", TABLE + "\n\n"))
    said = [text.value for text in at.text]
    assert _REFUSED[language] in said
    assert any(text.startswith("--format.csv ") for text in said)


def test_the_report_of_an_imported_file_is_kept_in_every_language(page: Opened) -> None:
    """What was said at the import is said again from the store, in the language of whoever asks."""
    imported(dropped(page(page="import", lang="de"), ("odd.csv", ODD)))
    at = page(page="import", lang="sv")
    at.session_state[f"sources_{opened_store().data_version()}"] = {
        "selection": {"rows": [0], "columns": [], "cells": []}
    }
    assert (
        "odd.csv: 15 poster, 13 använda, 1 dubblerade, 1 avvisade. Avvisade; skäl: event_time ”yesterday” är inget "
        "datum med klockslag (ISO 8601, 1970 till 2199, läses). Tiderna anger ingen zon och lästes som UTC; importera "
        "filen med alternativet Tidszon om de är lokala."
    ) in [text.value for text in at.run().text]
