"""What the other rooms say, in the language spoken."""

from datetime import datetime

from data.sentences import Sentence, Share
from pages.i18n.formats import moment_text, share_text
from pages.i18n.words import words


def told(text: str) -> str:
    """A Sentence in the language spoken; any other text as it is, for it is a log's own."""
    if not isinstance(text, Sentence):
        return text
    return words(text.template, **{name: _told_value(value) for name, value in text.values.items()})


def _told_value(value: object) -> object:
    match value:
        case str():
            return told(value)
        case Share():
            return share_text(value)
        case datetime():
            return moment_text(value)
    return value
