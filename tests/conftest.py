"""What every test may ask for."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from data.ingest import import_log
from data.readers.reader import Options
from data.report import ImportReport
from data.store import Store
from tests.browser.running import running_browser


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store in a real file."""
    opened = Store(tmp_path / "store.duckdb")
    yield opened
    opened.close()


@pytest.fixture
def import_text(store: Store, tmp_path: Path) -> Callable[..., ImportReport]:
    """Write a text to a file and import it into the store."""

    def imported(text: str | bytes, name: str = "log.csv", **options: object) -> ImportReport:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return import_log(store, path, Options(**options))  # type: ignore[arg-type]

    return imported


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium, closed with its module: a process can drive only one at a time."""
    with running_browser() as running:
        yield running
