"""Numbers and times as people read them."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from pages.figures.colours import LIGHT
from pages.figures.engagement import two_plots
from pages.i18n.formats import (
    NOTHING,
    axis_day_format,
    axis_separators,
    count_text,
    day_text,
    exact_span_text,
    hours_left_text,
    moment_text,
    number_text,
    share_text,
    span_text,
)
from pages.i18n.language import Language, ask_language_of, language_named

_BLANK = "\N{NO-BREAK SPACE}"


@pytest.fixture
def speak() -> Iterator[Callable[[Language], None]]:
    """How to choose the language that is spoken; English again afterwards."""
    yield lambda language: ask_language_of(lambda: language)
    ask_language_of(lambda: Language.ENGLISH)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (1, f"100{_BLANK}%"),
        (0, f"0{_BLANK}%"),
        (0.5, f"50.0{_BLANK}%"),
        (0.98765, f"98.8{_BLANK}%"),
        (0.9999, f"100.0{_BLANK}%"),
        (None, NOTHING),
        (float("nan"), NOTHING),
    ],
)
def test_shares(share: float | None, text: str) -> None:
    """One decimal unless it is all or nothing, and a dash where there is nothing to divide by."""
    assert share_text(share) == text


def test_counts_are_grouped() -> None:
    """Thousands stand apart."""
    assert count_text(9892) == "9,892"


def test_moments_name_their_zone() -> None:
    """Nothing is shown in an unnamed zone."""
    assert moment_text(datetime.fromisoformat("2026-03-02T09:30")) == "2 Mar 2026 09:30 UTC"
    assert moment_text(datetime.fromisoformat("2026-03-02T09:30:05")) == "2 Mar 2026 09:30:05 UTC"


@pytest.mark.parametrize(
    ("minutes", "text"), [(0, "0 min"), (45, "45 min"), (90, "1 h 30 min"), (2460, "41 h"), (10080, "168 h")]
)
def test_spans(minutes: int, text: str) -> None:
    """Hours and minutes, as the time axes have them."""
    assert span_text(timedelta(minutes=minutes)) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 min"), (0.5, "0.5 s"), (59, "59 s"), (60, "1 min"), (90, "1 min 30 s"), (121992, "33 h 53 min 12 s")],
)
def test_exact_spans(seconds: float, text: str) -> None:
    """What lies between two whole minutes is told as well."""
    assert exact_span_text(timedelta(seconds=seconds)) == text


@pytest.mark.parametrize(("minutes", "text"), [(2460, "41 h"), (2401, "41 h"), (119, "119 min"), (0.5, "1 min")])
def test_what_is_left_is_rounded_up(minutes: float, text: str) -> None:
    """Something is left until nothing is."""
    assert hours_left_text(timedelta(minutes=minutes)) == text


@pytest.mark.parametrize(
    ("language", "share", "all_of_it", "count", "number"),
    [
        (Language.ENGLISH, f"98.4{_BLANK}%", f"100{_BLANK}%", "1,209,892", "-0.50"),
        (Language.GERMAN, f"98,4{_BLANK}%", f"100{_BLANK}%", "1.209.892", "-0,50"),
        (Language.SWEDISH, f"98,4{_BLANK}%", f"100{_BLANK}%", f"1{_BLANK}209{_BLANK}892", "-0,50"),
    ],
)
def test_numbers_are_written_as_the_language_does(
    speak: Callable[[Language], None], language: Language, share: str, all_of_it: str, count: str, number: str
) -> None:
    """German and Swedish have a decimal comma and groups of their own; the percent sign stays on its line in all."""
    speak(language)
    written = share_text(0.984), share_text(1.0), count_text(1_209_892), number_text(-0.5, 2)
    assert written == (share, all_of_it, count, number)
    assert share_text(None) == NOTHING


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.ENGLISH, "21 Aug 2026 14:05 UTC"),
        (Language.GERMAN, "21. Aug. 2026 14:05 UTC"),
        (Language.SWEDISH, "21 aug. 2026 14:05 UTC"),
    ],
)
def test_moments_are_written_as_the_language_does(
    speak: Callable[[Language], None], language: Language, text: str
) -> None:
    """With the month's name, so that no day is taken for a month, and with the zone."""
    speak(language)
    moment = datetime.fromisoformat("2026-08-21T14:05")
    assert moment_text(moment) == text
    assert moment_text(moment).startswith(day_text(moment))


@pytest.mark.parametrize("language", Language)
def test_axes_take_no_foreign_separators_and_months(speak: Callable[[Language], None], language: Language) -> None:
    """A chart writes its numbers as the text beside it, and has English names of months in English alone."""
    speak(language)
    assert number_text(1234.5) == f"1{axis_separators()[1]}234{axis_separators()[0]}5"
    assert ("%b" in axis_day_format()) == (language is Language.ENGLISH)


@pytest.mark.parametrize("language", Language)
def test_clocks_of_opens_and_clicks_have_english_months_in_english_alone(
    speak: Callable[[Language], None], language: Language
) -> None:
    """As the other time axes do: on their ticks, and on hover."""
    speak(language)
    begins = datetime(2026, 3, 2)
    clock = two_plots(("Opened", "Clicked"), LIGHT, begins, begins + timedelta(days=1), ())["xaxis"]
    assert ("%b" in str(clock["tickformatstops"])) == ("%b" in clock["hoverformat"]) == (language is Language.ENGLISH)


@pytest.mark.parametrize(
    ("name", "language"),
    [("de-AT", Language.GERMAN), ("sv_SE", Language.SWEDISH), ("EN", Language.ENGLISH), ("fr", None), (None, None)],
)
def test_a_language_is_known_by_its_tag(name: str | None, language: Language | None) -> None:
    """As browsers and systems write it; one that is not spoken here is none."""
    assert language_named(name) is language
