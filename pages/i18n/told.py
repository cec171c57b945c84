"""What the other rooms say, in the language spoken."""

from data.sentences import Sentence
from pages.i18n.words import words


def told(text: str) -> str:
    """A Sentence in the language spoken; any other text as it is, for it is a log's own."""
    if not isinstance(text, Sentence):
        return text
    return words(text.template, **{name: _told_value(value) for name, value in text.values.items()})


def _told_value(value: object) -> object:
    return told(value) if isinstance(value, str) else value
