"""What the browser tests share: the app on a small store."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.ingest import import_log
from data.store import Store
from tests.load.server import running_app
from tests.pages.logs import SETTLING_LOG

SCREENSHOTS = Path("build/screenshots")


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The running app's address. Its store holds one delivery."""
    folder = tmp_path_factory.mktemp("app")
    log = folder / "log.csv"
    log.write_text(SETTLING_LOG)
    with Store(folder / "store.duckdb") as store:
        import_log(store, log)
    with running_app(folder / "store.duckdb") as running:
        yield running
