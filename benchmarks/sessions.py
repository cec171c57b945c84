"""`python -m benchmarks.sessions`: many analysts at once, over real websockets, while a log is imported.

Each analyst acts, thinks, and acts again; every number that a page shows is held against what analytics answers for the
store before and after the import. The last line printed is JSON.
"""

import asyncio
import json
import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data.ingest import import_log
from data.simulator import simulate
from data.store import Store
from tests.load.analyst import Action, Analyst, Seen
from tests.load.crowd import Import, imported, judged, seated
from tests.load.server import running_app
from tests.load.truth import Truth

_ANALYSTS = 50
_THINK_SECONDS = (5.0, 10.0)
_WEIGHTS = {Action.TOGGLE: 4, Action.SCRUB: 3, Action.CHOOSE: 2, Action.PAGE: 1}
_QUIET_SECONDS = 20
_SATURATED_SECONDS = 10
_SATURATING = 8
_MESSAGES = {"stored": 300_000, "imported": 150_000}
_DELIVERIES = 20
_FOLDER = Path("build/bench/sessions")
Figures = dict[str, float]


@dataclass(frozen=True)
class _Run:
    """What all analysts saw, while they thought between their actions and while they did not."""

    thinking: list[Seen]
    hurrying: list[Seen]
    done: Import


def measured(folder: Path = _FOLDER) -> Figures:
    """The figures of one run: counts, seconds, and actions per second."""
    log = _prepared(folder)
    before, after = Truth(folder / "before.duckdb"), Truth(folder / "after.duckdb")
    with running_app(folder / "store.duckdb") as address:
        run = asyncio.run(_run(address, log, log.stat().st_size))
    verdict = judged([*run.thinking, *run.hurrying], before, after, run.done)
    before.close()
    after.close()
    for told in [*verdict.errors[:3], *verdict.wrong[:3]]:
        print(told, file=sys.stderr)
    return _figures(run) | {"errors": len(verdict.errors), "wrong_numbers": len(verdict.wrong)}


async def _run(address: str, log: Path, size_bytes: int) -> _Run:
    async with seated(address, _ANALYSTS) as analysts:
        is_over = asyncio.Event()
        crowd = asyncio.gather(*(analyst.work(_THINK_SECONDS, is_over, _WEIGHTS) for analyst in analysts))
        await asyncio.sleep(_QUIET_SECONDS)
        done = await imported(address, log, size_bytes)
        await asyncio.sleep(_QUIET_SECONDS)
        is_over.set()
        return _Run(_all(await crowd), await _hurried(analysts[:_SATURATING]), done)


async def _hurried(analysts: Sequence[Analyst]) -> list[Seen]:
    """Toggles without any thought in between."""
    until = time.monotonic() + _SATURATED_SECONDS

    async def hurry(analyst: Analyst) -> list[Seen]:
        seen = []
        while time.monotonic() < until:
            seen.append(await analyst.act(Action.TOGGLE))
        return seen

    return _all(await asyncio.gather(*map(hurry, analysts)))


def _prepared(folder: Path) -> Path:
    """Fill store.duckdb, and keep a copy of it and one that holds the other log, too; returns the other log."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for seed, (name, messages) in enumerate(_MESSAGES.items(), 1):
        simulate(folder / f"{name}.csv", messages=messages, deliveries=_DELIVERIES, seed=seed)
    with Store(folder / "store.duckdb") as store:
        import_log(store, folder / "stored.csv")
    for name in ("before", "after"):
        shutil.copy(folder / "store.duckdb", folder / f"{name}.duckdb")
    with Store(folder / "after.duckdb") as store:
        import_log(store, folder / "imported.csv")
    return folder / "imported.csv"


def _figures(run: _Run) -> Figures:
    toggles = _of(run.thinking, Action.TOGGLE)
    busy = [each for each in toggles if each.ended > run.done.checked and each.began < run.done.ended]
    spent = max(each.ended for each in run.thinking) - min(each.began for each in run.thinking)
    return {
        "sessions": _ANALYSTS,
        "think_seconds_least": _THINK_SECONDS[0],
        "think_seconds_most": _THINK_SECONDS[1],
        "actions": len(run.thinking),
        "actions_per_second_offered": len(run.thinking) / spent,
        "toggles": len(toggles),
        "toggle_median_seconds": _quantile(toggles, 0.5),
        "toggle_p95_seconds": _quantile(toggles, 0.95),
        "toggles_during_import": len(busy),
        "toggle_median_seconds_during_import": _quantile(busy, 0.5),
        "toggle_p95_seconds_during_import": _quantile(busy, 0.95),
        "import_seconds": run.done.ended - run.done.began,
        "import_with_check_seconds": run.done.ended - run.done.checked,
        "toggles_per_second_saturated": len(run.hurrying) / _SATURATED_SECONDS,
    }


def _of(seen: list[Seen], action: Action) -> list[Seen]:
    return [each for each in seen if each.action is action]


def _quantile(seen: list[Seen], share: float) -> float:
    return float(pd.Series([each.ended - each.began for each in seen], dtype=float).quantile(share))


def _all(of_each: Sequence[list[Seen]]) -> list[Seen]:
    return [seen for one in of_each for seen in one]


if __name__ == "__main__":
    print(json.dumps({name: round(value, 3) for name, value in measured().items()}))
