"""Sentences as they are kept in the store: their template and their values, as JSON."""

import json
from typing import Any

from data.sentences import Sentence


def kept(sentence: Sentence) -> str:
    """The sentence as JSON. Its values are texts, whole numbers and sentences."""
    return json.dumps(_parts(sentence))


def sentence_from(text: str) -> Sentence:
    """The sentence that was kept."""
    return Sentence(**_values(json.loads(text)))


def _parts(sentence: Sentence) -> dict[str, object]:
    values = {name: _parts(value) if isinstance(value, Sentence) else value for name, value in sentence.values.items()}
    return values | {"template": sentence.template}


def _values(parts: dict[str, Any]) -> dict[str, Any]:
    return {name: Sentence(**_values(value)) if isinstance(value, dict) else value for name, value in parts.items()}
