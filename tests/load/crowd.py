"""Many analysts at once, somebody who imports a log meanwhile, and the judgement of all that they saw."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.load.analyst import Analyst, Seen
from tests.load.truth import Numbers, Truth
from tests.load.uploader import drop
from tests.load.wire import WireSession

_LONGEST_IMPORT_SECONDS = 600


@dataclass
class Import:
    """When an import went on, by the monotonic clock."""

    checked: float
    """From here on the server is at work: first with the dry run, then with the import."""
    began: float
    """Before this, nobody can have seen anything of it."""
    ended: float
    """What is begun after this has to show it."""


@dataclass
class Verdict:
    """What is wrong with what was seen."""

    errors: list[str] = field(default_factory=list)
    wrong: list[Seen] = field(default_factory=list)


@asynccontextmanager
async def seated(address: str, analysts: int) -> AsyncIterator[list[Analyst]]:
    """So many analysts, each with the page open."""
    async with AsyncExitStack() as stack:
        sessions = [await stack.enter_async_context(WireSession(address)) for _ in range(analysts)]
        for session in sessions:
            await session.run()
        yield [Analyst(session, number) for number, session in enumerate(sessions)]


async def imported(address: str, log: Path, size_bytes: int) -> Import:
    """Import a log through the Import page: drop it, wait for its dry run, press Import, wait until it is there."""
    async with WireSession(address, "import") as session, asyncio.timeout(_LONGEST_IMPORT_SECONDS):
        await session.run()
        checked = time.monotonic()
        await drop(session, address, log, size_bytes)
        while not session.screen.widget("import_dropped"):
            await session.rerun_by_itself()
        began = time.monotonic()
        await session.change("import_dropped", value=True)
        while session.screen.widget("import_cancel"):
            await session.rerun_by_itself()
        return Import(checked, began, time.monotonic())


def judged(seen: Sequence[Seen], before: Truth, after: Truth, done: Import | None) -> Verdict:
    """Hold what was seen against the states: nothing of the one after before the import, nothing else behind it."""
    verdict = Verdict()
    for each in seen:
        verdict.errors += each.errors
        if not any(each.agrees_with(numbers) for numbers in _allowed(each, before, after, done)):
            verdict.wrong.append(each)
    return verdict


def _allowed(seen: Seen, before: Truth, after: Truth, done: Import | None) -> list[Numbers | None]:
    states = [before] if done is None or seen.began < done.ended else []
    states += [after] if done and seen.ended > done.began else []
    return [state.numbers(seen.delivery_id, seen.mode, seen.minute) for state in states]
