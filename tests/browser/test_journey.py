"""The journeys that matter, in a real browser."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SCREENSHOTS

pytestmark = pytest.mark.browser


def _opened(browser: Browser, address: str, scheme: str = "light", width: int = 1280) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 1300}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=30_000)
    return page


def _kpi(page: Page, kpi: str, value: str, made_of: str) -> None:
    cell = page.locator(f".st-key-kpi_{kpi}")
    expect(cell.get_by_test_id("stMetricValue")).to_have_text(value)
    expect(cell).to_contain_text(made_of)


def _kept(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png")


def test_the_toggle_changes_the_way_of_measuring(browser: Browser, address: str) -> None:
    """With EFS nothing counts before it is accepted; without, everything does until it fails."""
    page = _opened(browser, address)
    _kpi(page, "delivered", "70.0 %", "7 of 10 to deliver")
    _kept(page, "with-efs")
    page.get_by_text("Email Feedback Service (EFS)").click()
    _kpi(page, "delivered", "90.0 %", "9 of 10 sent so far")
    expect(page).to_have_url(re.compile("efs=false"))
    _kept(page, "without-efs")
    page.context.close()


def test_a_link_shows_the_same_screen(browser: Browser, address: str) -> None:
    """Scrubbed and toggled, the address alone brings another browser to the same numbers."""
    page = _opened(browser, address)
    for _ in range(2):
        page.get_by_role("button", name="Back 1 min").click()
    expect(page).to_have_url(re.compile("at=178"))
    page.get_by_role("slider", name="As of").focus()
    page.keyboard.press("Home")
    _kpi(page, "delivered", "0 %", "0 of 10 to deliver")
    page.get_by_role("button", name="On 1 min").click()
    expect(page).to_have_url(re.compile("at=1&"))
    _kpi(page, "sent", "2", "20.0 % of 10 to deliver")
    page.get_by_text("Email Feedback Service (EFS)").click()
    _kpi(page, "sent", "2", "20.0 % of 10 to deliver")
    _kpi(page, "delivered", "100 %", "2 of 2 sent so far")
    page.get_by_text("Clock (UTC)").click()
    expect(page).to_have_url(re.compile("axis=clock"))
    again = _opened(browser, page.url)
    _kpi(again, "delivered", "100 %", "2 of 2 sent so far")
    expect(again.get_by_text("relaying")).to_be_visible()
    assert again.url == page.url
    _kept(again, "link")
    again.context.close()
    page.context.close()


def test_the_rows_are_those_counted(browser: Browser, address: str) -> None:
    """The Rows button opens as many rows as the number says, and the link opens them too."""
    page = _opened(browser, address)
    page.locator(".st-key-rows_delivered").get_by_role("button").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("7 messages as of")
    expect(page).to_have_url(re.compile("rows=delivered"))
    expect(dialog.get_by_test_id("stDataFrame")).to_be_visible()
    _kept(page, "rows")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(page).not_to_have_url(re.compile("rows="))
    page.context.close()


def test_playing_moves_on_and_leaves_the_controls_alone(browser: Browser, address: str) -> None:
    """Play starts over from the end, and the toggle works while it runs."""
    page = _opened(browser, address)
    page.get_by_role("button", name="Play").click()
    expect(page).to_have_url(re.compile(r"at=\d+"))
    page.get_by_text("Email Feedback Service (EFS)").click()
    expect(page).to_have_url(re.compile("efs=false"))
    first = page.url
    expect(page).not_to_have_url(first)
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("light", 1920), ("dark", 1280), ("dark", 1920)])
def test_nothing_is_wider_than_the_screen(browser: Browser, address: str, scheme: str, width: int) -> None:
    """Light or dark, on a laptop or a large screen, nothing is cut off at the side."""
    page = _opened(browser, address, scheme, width)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    _kept(page, f"{scheme}-{width}")
    page.context.close()
