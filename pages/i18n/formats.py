"""The one formatter of numbers, shares and times, each as the language spoken writes it."""

import math
from datetime import datetime, timedelta

from babel.dates import format_date

from pages.i18n.language import Language, spoken

NOTHING = "–"  # noqa: RUF001 - the sign meant
"""What stands where a share has a base of 0."""
_NO_BREAK = "\N{NO-BREAK SPACE}"
PER_CENT = f"{_NO_BREAK}%"
"""The sign behind a percentage, which never stands alone on the next line."""
_TWO_HOURS = 120
_SECOND, _MINUTE = timedelta(seconds=1), timedelta(minutes=1)
_DAY_FORMATS = {Language.ENGLISH: "d MMM y", Language.GERMAN: "d. MMM y", Language.SWEDISH: "d MMM y"}
_SEPARATORS = {Language.ENGLISH: ".,", Language.GERMAN: ",.", Language.SWEDISH: f",{_NO_BREAK}"}
# Babel's own numbers take thirty times as long, and a table has thousands.
_SIGNS = {language: str.maketrans(".,", separators) for language, separators in _SEPARATORS.items()}
_AXIS_DAYS = {Language.ENGLISH: "%-d %b %Y", Language.GERMAN: "%-d.%-m.%Y", Language.SWEDISH: "%Y-%m-%d"}


def count_text(count: int) -> str:
    """A count of messages, grouped: 9,892."""
    return number_text(count, 0)


def number_text(number: float, decimals: int = 1) -> str:
    """A number with so many decimals: 0.5."""
    return f"{number:z,.{decimals}f}".translate(_SIGNS[spoken()])


def share_text(share: float | None) -> str:
    """A share (0..1) as a percentage with one decimal, unless it is all or nothing: 100 %, 98.4 %, 50.0 %, 0 %."""
    if share is None or math.isnan(share):
        return NOTHING
    return f"{number_text(share * 100, 0 if share in (0, 1) else 1)}{PER_CENT}"


def moment_text(moment: datetime) -> str:
    """A UTC moment with its zone: 2 Mar 2026 09:30 UTC, with seconds where there are some."""
    clock = f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"
    return f"{day_text(moment)} {clock} UTC"


def day_text(moment: datetime) -> str:
    """A day: 2 Mar 2026. Where it stands, its zone is named."""
    return str(format_date(moment, _DAY_FORMATS[spoken()], locale=spoken().value))


def span_text(span: timedelta) -> str:
    """A span in hours and minutes, as the time axes have it: 45 min, 1 h 30 min, 41 h."""
    hours, minutes = divmod(int(span.total_seconds() // 60), 60)
    return " ".join(f"{count_text(n)} {unit}" for n, unit in ((hours, "h"), (minutes, "min")) if n) or "0 min"


def exact_span_text(span: timedelta) -> str:
    """A span to the second, or finer where it is: 41 h, 33 h 53 min 52 s, 0.5 s."""
    seconds = span % _MINUTE / _SECOND
    if not seconds:
        return span_text(span)
    told = f"{seconds:g}".translate(_SIGNS[spoken()]) + " s"
    return f"{span_text(span)} {told}" if span >= _MINUTE else told


def hours_left_text(span: timedelta) -> str:
    """What is left of a period, in hours: 41 h; below two hours in minutes."""
    minutes = math.ceil(span.total_seconds() / 60)
    return f"{minutes} min" if minutes < _TWO_HOURS else f"{count_text(math.ceil(minutes / 60))} h"


def axis_separators() -> str:
    """The decimal and the grouping sign, as plotly's layout takes them."""
    return _SEPARATORS[spoken()]


def axis_day_format() -> str:
    """A day on an axis, in the words of d3-time-format. In digits but for English, whose months alone it knows."""
    return _AXIS_DAYS[spoken()]
