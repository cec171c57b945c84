"""The journeys that matter, in a real browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SCREENSHOTS
from tests.pages.logs import SETTLING_LOG

pytestmark = pytest.mark.browser


def _opened(browser: Browser, address: str, scheme: str = "light", width: int = 1280) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 1300}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    return page


def _kpi(page: Page, kpi: str, value: str, made_of: str) -> None:
    cell = page.locator(f".st-key-metric_{kpi}")
    expect(cell.get_by_test_id("stMetricValue").first).to_have_text(value)
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
    expect(page).to_have_url(re.compile(r"at=1(&|$)"))
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
    again.locator(".st-key-metric_delivered").get_by_role("link", name="Rows").click()
    expect(again.get_by_text("2 messages as of 2 Mar 2026 08:01 UTC")).to_be_visible()
    expect(again).to_have_url(re.compile(r"at=1(&|$)"))
    again.context.close()
    page.context.close()


def test_one_step_back_leads_from_the_rows_to_where_they_were_opened(browser: Browser, address: str) -> None:
    """At the same moment, in the same mode, with the same axis and table; another step undoes the last choice."""
    page = _opened(browser, address)
    page.get_by_text("Email Feedback Service (EFS)").click()
    expect(page).to_have_url(re.compile("efs=false"))
    page.get_by_role("slider", name="As of").focus()
    page.keyboard.press("Home")
    page.get_by_role("button", name="On 1 min").click()
    _kpi(page, "delivered", "100 %", "2 of 2 sent so far")
    page.get_by_text("Clock (UTC)").click()
    expect(page).to_have_url(re.compile("axis=clock"))
    page.get_by_text("Show as table").first.click()
    expect(page).to_have_url(re.compile("course-table=true"))
    left, steps = page.url, page.evaluate("history.length")
    page.locator(".st-key-metric_delivered").get_by_role("link", name="Rows").click()
    expect(page.get_by_text("2 messages as of 2 Mar 2026 08:01 UTC")).to_be_visible()
    assert page.evaluate("history.length") == steps + 1
    page.go_back()
    _kpi(page, "delivered", "100 %", "2 of 2 sent so far")
    assert page.url == left
    page.go_back()
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    expect(page).not_to_have_url(re.compile("course-table"))
    _kpi(page, "delivered", "100 %", "2 of 2 sent so far")
    page.context.close()


def test_the_bar_leads_to_the_same_moment_and_back(browser: Browser, address: str) -> None:
    """What was chosen comes along, and one step back leads to the page before."""
    page = _opened(browser, f"{address}/?delivery=DM1&at=30&efs=false")
    _kpi(page, "delivered", "90.0 %", "9 of 10 sent so far")
    page.get_by_test_id("stTopNavLink").filter(has_text="Failures").click()
    expect(page).to_have_url(re.compile(r"/failures\?delivery=DM1&at=30&efs=false$"))
    page.go_back()
    _kpi(page, "delivered", "90.0 %", "9 of 10 sent so far")
    assert page.url == f"{address}/?delivery=DM1&at=30&efs=false"
    page.context.close()


def test_from_a_log_to_the_rows_of_a_colleague(browser: Browser, address: str, tmp_path: Path) -> None:
    """Import a log, toggle, scrub, open the rows, export them; the link shows the same rows in a second browser."""
    page = _opened(browser, address)
    _import(page, tmp_path)
    page.get_by_test_id("stTopNavLink").filter(has_text="Deployment").click()
    page.get_by_text("Email Feedback Service (EFS)").click()
    _kpi(page, "delivered", "90.0 %", "9 of 10 sent so far")
    page.get_by_role("slider", name="As of").focus()
    page.keyboard.press("Home")
    page.get_by_role("button", name="On 1 min").click()
    _kpi(page, "delivered", "100 %", "2 of 2 sent so far")
    page.locator(".st-key-metric_delivered").get_by_role("link", name="Rows").click()
    expect(page.get_by_text("2 messages as of 2 Mar 2026 08:01 UTC")).to_be_visible()
    expect(page.get_by_test_id("stDataFrame").first).to_be_visible()
    expect(page).to_have_url(re.compile("sending-logs.*kpi=delivered"))
    _kept(page, "rows")
    assert len(_exported(page).splitlines()) == 3
    again = browser.new_context().new_page()
    again.goto(page.url)
    expect(again.get_by_text("2 messages as of 2 Mar 2026 08:01 UTC")).to_be_visible()
    again.context.close()
    page.context.close()


def _import(page: Page, folder: Path) -> None:
    """Drop a log with one more delivery, older than the other one, on the Import page."""
    log = folder / "older.csv"
    log.write_text(SETTLING_LOG.replace("DM1,Spring sale", "DM0,Winter sale").replace("2026-03-02", "2026-02-02"))
    page.get_by_test_id("stTopNavLink").filter(has_text="Import").click()
    page.locator("input[type=file]").first.set_input_files(log)
    page.locator(".st-key-import_dropped").get_by_role("button").click()
    expect(page.get_by_text("22 records = 22 used")).to_be_visible()


def _exported(page: Page) -> str:
    """What the export of the rows as CSV holds."""
    page.get_by_role("button", name="Download", exact=True).click()
    with page.expect_download() as download:
        page.get_by_test_id("stPopoverBody").get_by_text("CSV", exact=True).click()
    return Path(download.value.path()).read_text("utf-8-sig")


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
