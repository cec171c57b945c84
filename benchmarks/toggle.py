"""`python -m benchmarks.toggle`: a toggle in a real browser, on Sendlog's page and on an empty page of Streamlit's.

A toggle lasts from the click until nothing on the page changes any more. Both pages are toggled in turn, so that what
else the machine does meets both alike. The last line printed is JSON.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
from playwright.sync_api import Browser, Page, expect

from data.ingest import import_log
from data.simulator import simulate
from data.store import Store
from tests.browser.running import running_browser
from tests.load.server import running_app

_MESSAGES = 300_000
_DELIVERIES = 20
_TOGGLES = 40
_LOAD_MILLISECONDS = 60_000
_FIRST = 4
"""Toggles that only warm up both pages."""
_FOLDER = Path("build/bench/toggle")
_EMPTY_PAGE = 'import streamlit as st\n\nst.text("On" if st.toggle("Toggle") else "Off")\n'
_TOGGLED = """
async (label) => {
    const toggle = document.querySelector(`input[aria-label="${label}"]`)
    let last = performance.now()
    const observer = new MutationObserver(() => { last = performance.now() })
    observer.observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true})
    const began = performance.now()
    toggle.click()
    while (performance.now() - Math.max(last, began + 300) < 400) await new Promise((done) => setTimeout(done, 50))
    observer.disconnect()
    return last - began
}
"""
Figures = dict[str, float]


def measured(folder: Path = _FOLDER) -> Figures:
    """The milliseconds of a toggle on both pages, and how many more Sendlog takes than the toggle beside it."""
    _prepare(folder)
    with (
        running_app(folder / "store.duckdb") as sendlog,
        running_app(folder / "store.duckdb", script=folder / "empty.py") as empty,
        running_browser() as browser,
    ):
        pages = {
            "sendlog": _opened(
                browser,
                sendlog,
                lambda page: expect(page.locator(".main-svg").first).to_be_visible(timeout=_LOAD_MILLISECONDS),
            ),
            "empty": _opened(browser, empty, lambda page: expect(page.get_by_text("Off")).to_be_visible()),
        }
        labels = {"sendlog": "Email Feedback Service (EFS)", "empty": "Toggle"}
        times = pd.DataFrame(
            {name: page.evaluate(_TOGGLED, labels[name]) for name, page in pages.items()} for _ in range(_TOGGLES)
        )[_FIRST:]
    return _figures(times)


def _prepare(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "empty.py").write_text(_EMPTY_PAGE)
    simulate(folder / "log.csv", messages=_MESSAGES, deliveries=_DELIVERIES)
    with Store(folder / "store.duckdb") as store:
        import_log(store, folder / "log.csv")


def _opened(browser: Browser, address: str, is_drawn: Callable[[Page], None]) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address)
    is_drawn(page)
    return page


def _figures(times: pd.DataFrame) -> Figures:
    more = times["sendlog"] - times["empty"]
    columns = {"sendlog": times["sendlog"], "empty": times["empty"], "sendlog_beyond_empty": more}
    shares = {"median": 0.5, "p95": 0.95}
    return {
        "toggles": len(times),
        **{
            f"{name}_{quantile}_ms": float(column.quantile(share))
            for name, column in columns.items()
            for quantile, share in shares.items()
        },
    }


if __name__ == "__main__":
    print(json.dumps({name: round(value) for name, value in measured().items()}))
