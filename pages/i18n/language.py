"""The languages of the interface, and which one is spoken."""

from collections.abc import Callable
from enum import StrEnum


class Language(StrEnum):
    """The languages; the value is the one that stands in the URL and in the catalogues."""

    ENGLISH = "en"
    GERMAN = "de"
    SWEDISH = "sv"


NAMES = {Language.ENGLISH: "English", Language.GERMAN: "Deutsch", Language.SWEDISH: "Svenska"}
"""Each language by its own name."""

_ask: Callable[[], Language] = lambda: Language.ENGLISH  # noqa: E731 - until a screen says otherwise


def ask_language_of(asked: Callable[[], Language]) -> None:
    """Say who knows the language of whoever looks at the screen right now."""
    global _ask  # noqa: PLW0603 - one process serves all sessions, and each knows its own language
    _ask = asked


def spoken() -> Language:
    """The language to write in now."""
    return _ask()


def language_named(name: str | None) -> Language | None:
    """The language of a name such as de or sv-SE; none where it is not spoken here."""
    known = {language.value: language for language in Language}
    return known.get((name or "").lower().replace("_", "-").split("-")[0])
