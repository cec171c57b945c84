"""Why records are rejected: SQL and the readers say it in English, and here the sentences are known again by it."""

import re
from functools import cache
from string import Formatter

from data.sentences import Sentence

_REASONS = (
    Sentence("the record does not say what happened"),
    Sentence("the record names no time"),
    Sentence("the record names neither a message nor a recipient"),
    Sentence("the record names no message"),
    Sentence("the record names no recipient"),
    Sentence("the record names no delivery"),
    Sentence("the record does not say which of its recipients it is about"),
    Sentence("the message or the recipient is an object or a list"),
    Sentence("the message or its recipient is an object or a list"),
    Sentence("message_id, recipient or delivery_id is an object or a list"),
    Sentence("{column} is empty"),
    Sentence("Delivery is empty, though other rows name theirs"),
    Sentence('the time "{written}" is no Unix time'),
    Sentence('the time "{written}" is no date and time (ISO 8601, 1970 to 2199, is read)'),
    Sentence('the time "{written}" does not exist in {zone}: the clocks skip it'),
    Sentence('the date "{written}" is no date and time (read as {order})'),
    Sentence('the date "{written}" does not exist in {zone}: the clocks skip it'),
    Sentence('{column} "{written}" is no date and time (ISO 8601, 1970 to 2199, is read)'),
    Sentence('{column} "{written}" is no date and time (read as {order})'),
    Sentence('{column} "{written}" does not exist in {zone}: the clocks skip it'),
    Sentence('{column} "{written}" is no whole number'),
    Sentence('"{written}" is no date and time'),
    Sentence('"{written}" does not exist in {zone}: the clocks skip it'),
    Sentence("no time at the start, so this is no line of a mail log"),
    Sentence("the line is no JSON object"),
    Sentence("the line holds NUL characters"),
    Sentence("the line holds NUL bytes, as after a crash or in a file that is not text"),
    Sentence("the line is not UTF-8; export the file again as UTF-8"),
    Sentence("the line is {length} bytes long; lines up to {longest} bytes are read"),
    Sentence("a quote is opened and never closed"),
    Sentence("the line holds a carriage return"),
    Sentence("{fields} fields where the header has {columns}"),
)
"""All reasons; of two that fit a text, the more special one comes first."""
_NUMBERS = ("length", "longest", "fields", "columns")


def recognised(reason: str) -> str:
    """The reason as a Sentence, its values as texts; one that is none of the known ones as it is."""
    for template in _REASONS:
        if found := _pattern(template).fullmatch(reason):
            return Sentence(str(template), **{name: _value(name, text) for name, text in found.groupdict().items()})
    return reason


def _value(name: str, text: str) -> str | int:
    return int(text.replace(",", "")) if name in _NUMBERS else text


@cache
def _pattern(template: str) -> re.Pattern[str]:
    parts = (re.escape(words) + (_group(name) if name else "") for words, name, _, _ in Formatter().parse(template))
    return re.compile("".join(parts), re.DOTALL)


def _group(name: str) -> str:
    return f"(?P<{name}>{r'[0-9,]+' if name in _NUMBERS else '.*?'})"
