"""Every text of the interface, in the language spoken. The English text is its own key.

The translations stand in catalogue/<area>.json: {"English text": {"de": "...", "sv": "..."}}, with the same
{placeholders} in every language.
"""

import json
from functools import cache
from numbers import Integral
from pathlib import Path

from pages.i18n.formats import count_text
from pages.i18n.language import Language, spoken

_CATALOGUE = Path(__file__).parent / "catalogue"


def words(text: str, /, **values: object) -> str:
    """The text in the language spoken, its {placeholders} filled. Whole numbers are grouped as that language does."""
    template = _translation(text, spoken())
    return template.format(**{name: _written(value) for name, value in values.items()}) if values else template


def plural(one: str, other: str, count: int, /, **values: object) -> str:
    """The text for one thing or for several; both may name {count}."""
    return words(one if count == 1 else other, count=count, **values)


def phrase(text: str) -> str:
    """The text as it is: a key for words(), kept where no language is known yet, such as in a module's constants."""
    return text


def messages_text(count: int) -> str:
    """So many messages: 1 message, 9,892 messages."""
    return plural("{count} message", "{count} messages", count)


def _written(value: object) -> object:
    return count_text(int(value)) if isinstance(value, Integral) else value  # of numpy as well


def _translation(text: str, language: Language) -> str:
    return text if language is Language.ENGLISH else _catalogue().get(text, {}).get(language.value, text)


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    told: dict[str, dict[str, str]] = {}
    for path in sorted(_CATALOGUE.glob("*.json")):
        told |= json.loads(path.read_text("utf-8"))
    return told
