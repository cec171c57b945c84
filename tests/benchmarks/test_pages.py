"""Every page of a delivery is measured."""

from benchmarks.pages import SCREENS
from pages.frame import PAGES


def test_every_page_is_measured() -> None:
    """All but the Import page, which shows no numbers of a delivery."""
    assert {screen.place for screen in SCREENS} == {*PAGES} - {"import"}
