"""The one formatter of numbers, shares and times."""

import math
from datetime import datetime, timedelta

NOTHING = "–"  # noqa: RUF001 - the sign meant
"""What stands where a share has a base of 0."""
_TWO_HOURS = 120


def count_text(count: int) -> str:
    """A count of messages, grouped: 9,892."""
    return f"{count:,}"


def messages_text(count: int, kind: str = "") -> str:
    """So many messages, of a kind where one is named: 1 message, 9,892 more messages."""
    return " ".join(filter(None, [count_text(count), kind, "message" if count == 1 else "messages"]))


def share_text(share: float | None) -> str:
    """A share (0..1) as a percentage with one decimal, unless it is all or nothing: 100 %, 98.4 %, 50.0 %, 0 %."""
    if share is None or math.isnan(share):
        return NOTHING
    return f"{share:.0%}"[:-1] + " %" if share in (0, 1) else f"{share * 100:.1f} %"


def moment_text(moment: datetime) -> str:
    """A UTC moment with its zone: 2 Mar 2026 09:30 UTC, with seconds where there are some."""
    clock = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    return f"{day_text(moment)} {clock} UTC"


def day_text(moment: datetime) -> str:
    """A day: 2 Mar 2026. Where it stands, its zone is named."""
    return f"{moment.day} {moment:%b %Y}"


def span_text(span: timedelta) -> str:
    """A span in hours and minutes, as the time axes have it: 45 min, 1 h 30 min, 41 h."""
    hours, minutes = divmod(int(span.total_seconds() // 60), 60)
    return " ".join(f"{n:,} {unit}" for n, unit in ((hours, "h"), (minutes, "min")) if n) or "0 min"


def hours_left_text(span: timedelta) -> str:
    """What is left of a period, in hours: 41 h; below two hours in minutes."""
    minutes = math.ceil(span.total_seconds() / 60)
    return f"{minutes} min" if minutes < _TWO_HOURS else f"{math.ceil(minutes / 60)} h"
