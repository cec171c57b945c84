"""What the tests of pages share: a page opened on a store of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from data.ingest import import_log
from pages.session.store import opened_store

APP = str(Path(__file__).parents[2] / "app.py")
Opened = Callable[..., AppTest]


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """How to open a page on a store of its own that holds some logs.

    Logs are given by their texts, the page by its place in the URL, and the URL's parameters by name. The store is
    closed afterwards.
    """
    monkeypatch.setenv("SENDLOG_STORE", str(tmp_path / "store.duckdb"))
    monkeypatch.setenv("SENDLOG_SAMPLES", "no")
    st.cache_resource.clear()
    st.cache_data.clear()

    def opened(*logs: str, page: str = "", **parameters: str | list[str]) -> AppTest:
        for number, text in enumerate(logs):
            path = tmp_path / f"{number}.csv"
            path.write_text(text)
            import_log(opened_store(), path)
        return opened_page(page, **parameters)

    yield opened
    opened_store().close()
    st.cache_resource.clear()
    st.cache_data.clear()


def opened_page(page: str = "", **parameters: str | list[str]) -> AppTest:
    """A page of the running store, run once without an exception."""
    at = AppTest.from_file(APP, default_timeout=30)
    # Before the first run, switch_page() would look for the name of the page's file, not for its place in the URL.
    at._page_hash = calc_hash(page) if page else ""
    at.query_params.update(parameters)
    at.run()
    assert not at.exception
    return at
