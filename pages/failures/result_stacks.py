"""What attempts ended with, as parts of bars."""

from data.events import Kind
from pages.figures.colours import Colours
from pages.figures.stacked_bars import Stack
from pages.i18n.words import words


def result_stack(kind: Kind, counts: list[int], colours: Colours) -> Stack:
    """The attempts that ended with a result, bar by bar."""
    looks = {
        Kind.DELIVERED: (words("Accepted"), colours.delivered, "."),
        Kind.DEFERRED: (words("Deferred"), colours.retrying, "/"),
        Kind.BOUNCED: (words("Bounced"), colours.failed, ""),
    }
    name, colour, pattern = looks[kind]
    return Stack(name, counts, colour, pattern)
