"""Playing over the wire: what it asks by itself may be older than what a person has just done."""

from pathlib import Path

from data.ingest import import_log
from data.store import Store
from tests.asynchronous import awaited
from tests.load.server import running_app
from tests.load.wire import WireSession
from tests.pages.logs import SETTLING_LOG


async def _toggled_while_playing(address: str) -> WireSession:
    """A session that toggles EFS while it plays, and whose next frame is asked for before it hears of that."""
    async with WireSession(address) as session:
        await session.run()
        await session.change("play", value=True)
        older = dict(session.parameters)
        await session.change("efs", value=False)
        (frame,) = session.auto_reruns
        session.parameters = older
        await session.run(fragment_id=frame, is_auto=True)
        return session


def test_a_frame_takes_back_nothing_that_was_just_chosen(tmp_path: Path) -> None:
    """The moment moves on, and the mode stays as it was toggled, on the page and in the URL."""
    (tmp_path / "log.csv").write_text(SETTLING_LOG)
    with Store(tmp_path / "store.duckdb") as store:
        import_log(store, tmp_path / "log.csv")
    with running_app(tmp_path / "store.duckdb") as address:
        session = awaited(_toggled_while_playing(address))
    assert session.parameters["efs"] == "false"
    assert int(session.parameters["at"]) > 0
    assert any("sent so far" in caption for caption in session.screen.captions())
