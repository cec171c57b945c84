"""An answer to what a log can tell: in a word or two, in a sentence, and what it rests on."""

from dataclasses import dataclass
from enum import StrEnum

from data.sentences import Sentence


class Ground(StrEnum):
    """What an answer rests on."""

    TOLD = "told"
    ASSUMED = "assumed"
    """Inferred, counted or assumed by Sendlog."""
    MISSING = "missing"


@dataclass(frozen=True)
class Answer:
    """One fact: a word or two, and a sentence."""

    topic: Sentence
    short: Sentence
    ground: Ground
    sentence: Sentence
