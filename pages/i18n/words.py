"""The one formatter of numbers, shares and times."""

import math
from datetime import datetime, timedelta

NOTHING = "–"
"""What stands where a share has a base of 0."""


def count_text(count: int) -> str:
    """A count of messages, grouped: 9,892."""
    return f"{count:,}"


def share_text(share: float | None) -> str:
    """A share (0..1) as a percentage with one decimal, unless it is all or nothing: 100 %, 98.4 %, 50.0 %, 0 %."""
    if share is None or math.isnan(share):
        return NOTHING
    return f"{share:.0%}"[:-1] + " %" if share in (0, 1) else f"{share * 100:.1f} %"


def moment_text(moment: datetime) -> str:
    """A UTC moment with its zone: 2 Mar 2026 09:30 UTC, with seconds where there are some."""
    clock = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    return f"{moment.day} {moment:%b %Y} {clock} UTC"


def span_text(span: timedelta) -> str:
    """A span in its two largest units: 45 min, 1 h 30 min, 41 h, 5 d 3 h."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 72 * 60:
        return _two(minutes // 60, "h", minutes % 60 if minutes < 24 * 60 else 0, "min")
    return _two(minutes // 1440, "d", minutes % 1440 // 60, "h")


def hours_left_text(span: timedelta) -> str:
    """What is left of a period, in hours: 41 h; below two hours in minutes."""
    minutes = math.ceil(span.total_seconds() / 60)
    return f"{minutes} min" if minutes < 120 else f"{math.ceil(minutes / 60)} h"


def _two(larger: int, larger_unit: str, smaller: int, smaller_unit: str) -> str:
    return f"{larger} {larger_unit} {smaller} {smaller_unit}" if smaller else f"{larger} {larger_unit}"
