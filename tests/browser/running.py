"""A real browser to look at the app."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.chromium import chromium

_LONGEST_WAIT_MILLISECONDS = 60_000
"""A page that is there is found at once, however long one may wait for it on a busy machine."""


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Start Chromium."""
    expect.set_options(timeout=_LONGEST_WAIT_MILLISECONDS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield browser
        browser.close()
