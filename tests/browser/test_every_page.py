"""Every page in a real browser: light and dark, on a laptop and on a large screen, in each language."""

import pytest
from playwright.sync_api import Browser, Page, expect

from pages.frame import PAGES
from tests.browser.conftest import SCREENSHOTS

pytestmark = pytest.mark.browser
VIEWS = [("light", 1280, "en"), ("light", 1920, "sv"), ("dark", 1280, "de"), ("dark", 1920, "en")]


def _drawn(page: Page, url: str) -> None:
    """Open a page and wait until the server has drawn all of it."""
    page.goto(url)
    expect(page.get_by_test_id("stHeading").first).to_be_visible()
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)


@pytest.mark.parametrize(("scheme", "width", "language"), VIEWS)
@pytest.mark.parametrize("place", PAGES)
def test_nothing_is_wider_than_the_screen(
    browser: Browser, address: str, place: str, scheme: str, width: int, language: str
) -> None:
    """Nothing is cut off at the side, nothing raised, and nothing written to the console as an error."""
    context = browser.new_context(viewport={"width": width, "height": 1300}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    raised: list[str] = []
    page.on("pageerror", lambda error: raised.append(str(error)))
    _drawn(page, f"{address}/{place}?lang={language}")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{place or 'deployment'}-{language}-{scheme}-{width}.png")
    assert not raised
    context.close()
