"""Take the README's picture of the running app with the sample logs: python -m tests.browser.screenshot FILE."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.running import running_browser
from tests.load.server import running_app

_LOAD_MILLISECONDS = 120_000


def take_screenshot(path: Path) -> None:
    """Write a picture of the Deployment page."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running_app(Path(folder) / "store.duckdb", samples=True) as address,
        running_browser() as browser,
    ):
        page = browser.new_page(viewport={"width": 1280, "height": 1330}, color_scheme="light")
        page.goto(address)
        expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible(timeout=_LOAD_MILLISECONDS)
        expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)
        path.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=path)


if __name__ == "__main__":
    take_screenshot(Path(sys.argv[1]))
