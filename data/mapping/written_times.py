"""How times are written: those of a few usual ways that fit the values of a column."""

import re
from collections.abc import Mapping
from datetime import datetime

TIME_FORMATS = (
    "%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M", "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M", "%d.%m.%Y",
    "%d-%m-%Y %H:%M:%S", "%d-%m-%Y %H:%M", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%d %b %Y %H:%M:%S", "%d %b %Y %H:%M",
    "%b %d, %Y %H:%M:%S", "%b %d, %Y %H:%M", "%b %d, %Y %I:%M:%S %p", "%b %d, %Y %I:%M %p", "%B %d, %Y %I:%M %p",
    "%Y%m%d%H%M%S", "%Y%m%d %H:%M:%S",
)  # fmt: skip
"""As strptime takes them. Where both day and month may come first, the day is tried first."""
_ISO = re.compile(
    r"(19[7-9]|2[01]\d)\d-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?( ?(Z|UTC|GMT|[+-]\d{2}(:?\d{2})?))?)?",
    re.IGNORECASE,
)
_UNIX = re.compile(r"1\d{9}(\.\d+)?|1\d{12}|1\d{15}")
_MOSTLY = 0.8


def formats_of(counts: Mapping[str, int]) -> list[str | None]:
    """The ways in which most rows hold times, the likeliest first; None stands for ISO 8601 and Unix time.

    counts: the values of a column with their rows.
    """
    rows = {word: n for word, n in counts.items() if word}
    fits = [each for each in (None, *TIME_FORMATS) if _hold_mostly(rows, each)]
    return fits[:1] if None in fits else fits


def time_read(word: str, time_format: str) -> datetime | None:
    """A time written in a format, without zone; None where it is not."""
    try:
        return datetime.strptime(word, time_format)  # noqa: DTZ007 - the zone is another option
    except ValueError:
        return None


def _hold_mostly(rows: Mapping[str, int], time_format: str | None) -> bool:
    read = sum(n for word, n in rows.items() if _is_read(word, time_format))
    return read > 0 and read >= _MOSTLY * sum(rows.values())


def _is_read(word: str, time_format: str | None) -> bool:
    if time_format is None:
        return bool(_ISO.fullmatch(word) or _UNIX.fullmatch(word))
    return time_read(word, time_format) is not None
