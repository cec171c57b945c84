"""Several sessions over real websockets, with an import of one of them in between."""

import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from analytics.modes import Mode
from data.ingest import import_log
from data.store import Store
from tests.asynchronous import awaited
from tests.load.analyst import Action, Seen
from tests.load.crowd import Import, imported, judged, seated
from tests.load.server import running_app
from tests.load.truth import Numbers, Truth
from tests.load.wire import WireSession
from tests.pages.logs import SETTLING_LOG

_SESSIONS = 12
_ROUND = (Action.TOGGLE, Action.SCRUB, Action.PAGE, Action.CHOOSE)
_HEADER, _, _EVENTS = SETTLING_LOG.partition("\n")
TWO_DELIVERIES = SETTLING_LOG + _EVENTS.replace("DM1,Spring sale", "DM3,Autumn sale").replace("03-02", "03-04")
LATER_LOG = _HEADER + "".join(
    f"\nrelayed,2026-03-0{day}T08:00:00Z,m{number},u{number}@example.com,{delivery},,"
    for number in (20, 21)
    for day, delivery in ((2, "DM1,Spring sale"), (4, "DM3,Autumn sale"))
)
"""Two more messages of either delivery, so that no number stays as it was at any moment."""


@pytest.fixture
def states(tmp_path: Path) -> Iterator[tuple[Truth, Truth]]:
    """The store before an import, and after it. The app may open store.duckdb."""
    (tmp_path / "first.csv").write_text(TWO_DELIVERIES)
    (tmp_path / "later.csv").write_text(LATER_LOG)
    with Store(tmp_path / "store.duckdb") as store:
        import_log(store, tmp_path / "first.csv")
    for name in ("before", "after"):
        shutil.copy(tmp_path / "store.duckdb", tmp_path / f"{name}.duckdb")
    with Store(tmp_path / "after.duckdb") as store:
        import_log(store, tmp_path / "later.csv")
    before, after = Truth(tmp_path / "before.duckdb"), Truth(tmp_path / "after.duckdb")
    yield before, after
    before.close()
    after.close()


async def _seen(address: str, log: Path, size_bytes: int) -> tuple[list[Seen], Import]:
    """Two actions of each session before an import, two while it goes on, two after it."""
    async with seated(address, _SESSIONS) as analysts:

        async def acted(turn: int) -> list[Seen]:
            actions = [_ROUND[(number + turn) % len(_ROUND)] for number in range(_SESSIONS)]
            return await asyncio.gather(*(one.act(action) for one, action in zip(analysts, actions, strict=True)))

        async def acted_twice(turn: int) -> list[Seen]:
            return [*await acted(turn), *await acted(turn + 1)]

        before = await acted_twice(0)
        during, done = await asyncio.gather(acted_twice(2), imported(address, log, size_bytes))
        return [*before, *during, *await acted_twice(4)], done


def test_every_session_sees_an_import_at_its_next_action(tmp_path: Path, states: tuple[Truth, Truth]) -> None:
    """No error, and no number that belongs to neither state; after the import none of the state before."""
    with running_app(tmp_path / "store.duckdb") as address:
        seen, done = awaited(_seen(address, tmp_path / "later.csv", len(LATER_LOG)))
    verdict = judged(seen, *states, done)
    assert verdict.errors == []
    assert verdict.wrong == []
    assert len(seen) == 6 * _SESSIONS
    assert any(each.began > done.ended for each in seen)


def test_the_first_visit_may_be_to_any_page(tmp_path: Path) -> None:
    """A server that has just started knows its pages already."""

    async def first_visit(address: str) -> WireSession:
        async with WireSession(address, "import") as session:
            await session.run()
        return session

    with running_app(tmp_path / "store.duckdb") as address:
        session = awaited(first_visit(address))
    assert session.screen.elements("file_uploader")
    assert not session.is_lost


def test_a_wrong_number_is_found(states: tuple[Truth, Truth]) -> None:
    """The judge of this test knows the states apart, and a digit that is in neither."""
    before, after = states
    numbers = [state.numbers("DM1", Mode.WITH_EFS, 180) for state in states]
    assert numbers[0]
    assert numbers[1]
    of_before = _toggled(numbers[0])
    done = Import(checked=2, began=3, ended=4)
    assert not judged([of_before], before, after, done).wrong
    assert judged([replace(of_before, values=numbers[1].values)], before, after, done).wrong
    assert judged([replace(of_before, captions=())], before, after, done).wrong
    assert judged([replace(of_before, began=5, ended=6)], before, after, done).wrong


def _toggled(numbers: Numbers) -> Seen:
    """The first delivery at its end, as it was seen from second 1 to 2."""
    about = ("DM1", Mode.WITH_EFS, 180)
    return Seen(Action.TOGGLE, 1, 2, *about, numbers.values, numbers.made_of, numbers.as_of, rows=None, errors=())
