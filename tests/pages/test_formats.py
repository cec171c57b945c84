"""Numbers and times as people read them."""

from datetime import datetime, timedelta

import pytest

from pages.i18n.formats import NOTHING, count_text, hours_left_text, moment_text, share_text, span_text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (1, "100 %"),
        (0, "0 %"),
        (0.5, "50.0 %"),
        (0.98765, "98.8 %"),
        (0.9999, "100.0 %"),
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


@pytest.mark.parametrize(("minutes", "text"), [(2460, "41 h"), (2401, "41 h"), (119, "119 min"), (0.5, "1 min")])
def test_what_is_left_is_rounded_up(minutes: float, text: str) -> None:
    """Something is left until nothing is."""
    assert hours_left_text(timedelta(minutes=minutes)) == text
