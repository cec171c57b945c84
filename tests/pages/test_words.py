"""The catalogues: every text that a screen can show has its translations, and no translation says more than it may."""

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import numpy as np
import pytest

from data.errors import SendlogError
from data.sentences import Sentence, Share, joined, plural_sentence
from pages.i18n.language import Language, ask_language_of, spoken
from pages.i18n.terms import REASONS, reason_text, state_text
from pages.i18n.told import told
from pages.i18n.words import plural, words

_ROOT = Path(__file__).parents[2]
_CATALOGUES = sorted((_ROOT / "pages" / "i18n" / "catalogue").glob("*.json"))
_TEXTS_OF = {"words": 1, "phrase": 1, "plural": 2, "Sentence": 1, "plural_sentence": 2}
"""How many of the first arguments of a call are texts to be translated."""
_MARKUP = re.compile(r"[*_`<>\[\]$~#|\\]|&\w+;|:\w+\[|:material/")
_AT_THE_COMMAND_LINE = {"__main__.py", "doors.py", "files.py", "mapping.py"}
"""The modules whose errors no screen shows: the doors, and the mapping files that they alone read."""
_PERCENT = re.compile(r"[\d}] %")
_ENDS = ".:?!…"

Entries = dict[str, dict[str, str]]


def _entries(path: Path) -> Entries:
    entries: Entries = json.loads(path.read_text("utf-8"))
    return entries


def all_entries() -> Entries:
    """The entries of all catalogues."""
    return {text: entry for path in _CATALOGUES for text, entry in _entries(path).items()}


def _sources() -> Iterator[Path]:
    for room in ("pages", "analytics", "data"):
        yield from sorted((_ROOT / room).rglob("*.py"))


def _said(path: Path) -> Iterator[tuple[str | None, str]]:
    """The texts that a module gives to be translated, none for one that no catalogue can know; and where it does."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _TEXTS_OF:
            for argument in node.args[: _TEXTS_OF[node.func.id]]:
                for text in _texts(argument):
                    yield text, f"{path.relative_to(_ROOT)}:{node.lineno}"


def _texts(argument: ast.expr) -> Iterator[str | None]:
    match argument:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp():
            yield from _texts(argument.body)
            yield from _texts(argument.orelse)
        case ast.JoinedStr() | ast.BinOp():
            yield None


def _has_words(text: str) -> bool:
    return any(letter.isalpha() for literal, *_ in Formatter().parse(text) for letter in literal)


def _placeholders(text: str) -> set[str]:
    """The names of a text's placeholders. Raises ValueError where it has others than plain names."""
    names = set()
    for _, name, form, conversion in Formatter().parse(text):
        if name is not None:
            if form or conversion or not name.isidentifier():
                raise ValueError(text)
            names.add(name)
    return names


def _bare(text: str) -> str:
    return "".join(literal for literal, *_ in Formatter().parse(text))


@pytest.fixture(params=[Language.GERMAN, Language.SWEDISH])
def foreign(request: pytest.FixtureRequest) -> Iterator[Language]:
    """Another language than English is spoken."""
    ask_language_of(lambda: request.param)
    yield request.param
    ask_language_of(lambda: Language.ENGLISH)


@pytest.fixture
def german() -> Iterator[None]:
    """German is spoken."""
    ask_language_of(lambda: Language.GERMAN)
    yield
    ask_language_of(lambda: Language.ENGLISH)


def test_every_text_that_is_said_can_be_translated() -> None:
    """Every literal has an entry, and no text is put together before it is translated."""
    known = all_entries()
    said = [found for path in _sources() for found in _said(path)]
    assert [where for text, where in said if text is None] == []
    missing = {text: where for text, where in said if text is not None and _has_words(text) and text not in known}
    assert missing == {}


def test_no_translation_is_of_something_that_nobody_says() -> None:
    """A catalogue holds nothing that is left over."""
    said = {text for path in _sources() for text, _ in _said(path)}
    assert [text for text in all_entries() if text not in said] == []


def test_no_text_stands_in_two_catalogues() -> None:
    """There is one place to correct a translation."""
    counted = Counter(text for path in _CATALOGUES for text in _entries(path))
    assert [text for text, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("path", _CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_is_written_in_one_way(path: Path) -> None:
    """Sorted, indented and in UTF-8, so that a change is a change of its lines alone."""
    entries = _entries(path)
    written = json.dumps(dict(sorted(entries.items())), ensure_ascii=False, indent=2) + "\n"
    assert path.read_text("utf-8") == written
    assert [text for text, entry in entries.items() if list(entry) != ["de", "sv"] or not all(entry.values())] == []


@pytest.mark.parametrize("path", _CATALOGUES, ids=lambda path: path.stem)
def test_placeholders_are_the_same_in_all_languages(path: Path) -> None:
    """So that every value finds its place, and none is named that is not there."""
    for text, entry in _entries(path).items():
        assert {language: _placeholders(said) for language, said in entry.items()} == dict.fromkeys(
            entry, _placeholders(text)
        )


@pytest.mark.parametrize("path", _CATALOGUES, ids=lambda path: path.stem)
def test_no_translation_has_markup_of_its_own(path: Path) -> None:
    """What is shown as Markdown is so in every language; texts end alike, and a percent sign stays on its line."""
    for text, entry in _entries(path).items():
        for said in entry.values():
            added = Counter(_MARKUP.findall(_bare(said))) - Counter(_MARKUP.findall(_bare(text)))
            assert not added, said
            assert (said[-1] in _ENDS, said != said.strip()) == (text[-1] in _ENDS, text != text.strip()), said
            assert not _PERCENT.search(said), said
            assert "  " not in said


@pytest.mark.usefixtures("german")
def test_numbers_are_grouped_as_the_language_does() -> None:
    """Those of numpy and of nested sentences as well."""
    assert words("{count} messages", count=np.int64(12345)) == "12.345 Nachrichten"
    assert told(joined(plural_sentence("{count} message", "{count} messages", 12345))) == "12.345 Nachrichten"


@pytest.mark.usefixtures("german")
def test_a_share_in_a_sentence_is_written_as_the_language_does() -> None:
    """English for the doors, German on the screen."""
    said = Sentence("{share}", share=Share(0.984))
    assert (said, told(said)) == ("98.4 %", "98,4\N{NO-BREAK SPACE}%")


@pytest.mark.usefixtures("foreign")
def test_one_thing_is_told_from_several() -> None:
    """By the count."""
    assert plural("{count} message", "{count} messages", 1) != plural("{count} message", "{count} messages", 2)


@pytest.mark.usefixtures("foreign")
def test_a_documented_reason_is_translated_and_a_logs_own_is_not() -> None:
    """Whatever a log calls a reason is shown as it is, even where a catalogue knows the word for something else."""
    assert all(reason_text(reason) != reason for reason in REASONS if reason != "Policy")
    assert (reason_text("Rows"), reason_text("SpamContent")) == ("Rows", "SpamContent")
    assert state_text("elsewhere") == "elsewhere"


def test_the_text_of_a_log_is_never_translated(foreign: Language) -> None:
    """Only what is a sentence of ours."""
    assert spoken() is foreign
    assert told("Rows") == "Rows"
    assert told(Sentence("{name}", name="Rows")) == "Rows"


def test_every_error_is_a_sentence() -> None:
    """What a page tells of an error can be told in any language; a text put together on the spot could not."""
    names = {error.__name__ for error in _all_errors(SendlogError)}
    unsaid = [
        f"{path.relative_to(_ROOT)}:{node.lineno}"
        for path in _sources()
        if path.name not in _AT_THE_COMMAND_LINE
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
        if any(isinstance(argument, ast.Constant | ast.JoinedStr) for argument in node.args[:1])
    ]
    assert unsaid == []


def _all_errors(error: type[SendlogError]) -> Iterator[type[SendlogError]]:
    yield error
    for kind in error.__subclasses__():
        yield from _all_errors(kind)
