"""Changes of numbers, each with its sign."""

import math

from pages.i18n.formats import NOTHING, count_text, number_text
from pages.i18n.words import words

_MINUS = "\N{MINUS SIGN}"


def signed_count_text(change: int) -> str:
    """So many messages more or fewer: +1,204, −1,204, 0."""  # noqa: RUF002 - the sign meant
    return _sign(change) + count_text(abs(change))


def signed_points_text(change: float) -> str:
    """A difference of two shares (0..1) in percentage points: +1.20 points; nothing where a share is missing.

    With one more decimal than shares have, so that two that are shown apart never seem to differ by nothing; with none
    where they are equal.
    """
    if math.isnan(change):
        return NOTHING
    return words("{points} points", points=_sign(change) + number_text(abs(change) * 100, 2 if change else 0))


def _sign(change: float) -> str:
    return "+" if change > 0 else _MINUS if change < 0 else ""
