"""Sentences for people: English, and made so that a screen can say them in another language."""

from collections.abc import Mapping
from typing import Self


class Share(float):
    """A share (0..1), said as a percentage with one decimal: 98.4 %."""

    __slots__ = ()

    def __str__(self) -> str:
        return f"{100 * self:.1f} %"

    def __format__(self, _: str) -> str:
        return str(self)


class Sentence(str):
    """An English text that still knows the template and the values that it was made of.

    It is a text like any other, for the doors and for JSON. The template is what the catalogues of the screens
    translate; a value may be a sentence itself. Numbers are grouped in English; a screen formats them, shares and
    moments (UTC) anew.
    """

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, **values: object) -> Self:
        """Fill the template's {placeholders}."""
        written = {name: f"{value:,}" if isinstance(value, int) else value for name, value in values.items()}
        sentence = super().__new__(cls, template.format(**written) if values else template)
        sentence.template, sentence.values = template, values
        return sentence


def plural_sentence(one: str, other: str, count: int, **values: object) -> Sentence:
    """The sentence for one thing or for several; both templates may name {count}."""
    return Sentence(one if count == 1 else other, count=count, **values)


def joined(*sentences: str, by: str = " ") -> Sentence:
    """Sentences behind each other; empty ones are left out. by: what stands between two; no word of a language."""
    told = {f"part_{number}": sentence for number, sentence in enumerate(filter(None, sentences))}
    return Sentence(by.join(f"{{{name}}}" for name in told), **told)
