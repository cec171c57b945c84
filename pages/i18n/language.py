"""The languages of the interface, and which one is spoken."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum


class Language(StrEnum):
    """The languages; the value is the one that stands in the URL and in the catalogues."""

    ENGLISH = "en"
    GERMAN = "de"
    SWEDISH = "sv"


NAMES = {Language.ENGLISH: "English", Language.GERMAN: "Deutsch", Language.SWEDISH: "Svenska"}
"""Each language by its own name."""

_ask: Callable[[], Language] = lambda: Language.ENGLISH  # noqa: E731 - until a screen says otherwise


_told: ContextVar[Language | None] = ContextVar("language", default=None)


def ask_language_of(asked: Callable[[], Language]) -> None:
    """Say who knows the language of whoever looks at the screen right now."""
    global _ask  # noqa: PLW0603 - one process serves all sessions, and each knows its own language
    _ask = asked


def spoken() -> Language:
    """The language to write in now."""
    return _told.get() or _ask()


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Write in a language whoever looks: what is written later, such as a file asked for, in that of its page."""
    before = _told.set(language)
    try:
        yield
    finally:
        _told.reset(before)


def language_named(name: str | None) -> Language | None:
    """The language of a name such as de or sv-SE; none where it is not spoken here."""
    known = {language.value: language for language in Language}
    return known.get((name or "").lower().replace("_", "-").split("-")[0])
