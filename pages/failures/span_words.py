"""What the spans are called in which times are counted."""

from datetime import timedelta

from analytics.acceptance import SPANS
from analytics.retries import WAITS
from pages.figures.distribution import short_span
from pages.i18n.words import words

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)


def acceptance_span_text(place: int) -> str:
    """The span between two of SPANS, by the place of the one that ends it."""
    if place == 0:
        return words("at most {span}", span=short_span(SPANS[0]))
    if place == len(SPANS):
        return words("more than {span}", span=short_span(SPANS[-1]))
    return f"{short_span(SPANS[place - 1])} – {short_span(SPANS[place])}"  # noqa: RUF001 - the sign meant


def wait_text(place: int) -> str:
    """The span between two of WAITS, by the place of the one that ends it."""
    if place == len(WAITS):
        return words("more than {span}", span=short_span(WAITS[-1]))
    after, until = WAITS[place - 1] if place else timedelta(0), WAITS[place]
    length, unit = (_HOUR, "h") if after >= _HOUR else (_MINUTE, "min")
    return f"{after // length}–{until // length} {unit}"  # noqa: RUF001 - the sign meant


def span_end_text() -> str:
    """Which end of a span counts, in a sentence."""
    return words("A time exactly at a bound counts in the span that ends there.")
