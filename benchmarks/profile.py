"""Where the time of an import goes: seconds per statement file and per statement, largest first."""

import sys
import time
from collections import defaultdict
from pathlib import Path

from benchmarks.worker import Cost
from data import store

_TOLD_SHARE = 0.01
_TOLD_WIDTH = 100
Seconds = dict[str, dict[str, float]]


def print_profile(log: str, target: str) -> Cost:
    """Import a log into a new store and print the profile."""
    # The modules of the import take `run` from data.store when they are imported, so it is replaced before that.
    spent = _timed_run()
    from benchmarks.imports import import_file  # noqa: PLC0415 - see above

    cost = import_file(log, target)
    Path(target).unlink()
    print(_profile(spent, cost["seconds"]), file=sys.stderr)
    return cost


def _timed_run() -> Seconds:
    """Let every statement that a file holds note its seconds: file -> statement -> seconds."""
    spent: Seconds = defaultdict(lambda: defaultdict(float))
    folder_of_data = store.run.__defaults__[0]  # type: ignore[index]

    def run(cursor: store.Cursor, name: str, folder: Path = folder_of_data, /, **parameters: object) -> store.Cursor:
        for place, statement in enumerate(store._statements(folder, name), 1):  # noqa: SLF001 - what run() itself does
            started = time.perf_counter()
            cursor.execute(statement, {key: parameters[key] for key in statement.named_parameters})
            spent[f"{folder.name}/{name}.sql"][f"{place}. {_first_words(statement.query)}"] += (
                time.perf_counter() - started
            )
        return cursor

    store.run = run
    return spent


def _first_words(statement: str) -> str:
    code = [line.strip() for line in statement.splitlines() if line.strip() and not line.strip().startswith("--")]
    return " ".join(code)[:_TOLD_WIDTH]


def _profile(spent: Seconds, whole: float) -> str:
    files = sorted(spent.items(), key=lambda file: -sum(file[1].values()))
    told = sum(sum(statements.values()) for statements in spent.values())
    lines = [f"{whole:8.2f} s  100 %  the whole import"]
    for name, statements in [*files, ("all else: hashing the file, single statements, the commit", {"": whole - told})]:
        lines.append(_line(sum(statements.values()), whole, name))
        lines += [
            _line(seconds, whole, f"    {statement}")
            for statement, seconds in sorted(statements.items(), key=lambda each: -each[1])
            if len(statements) > 1 and seconds > _TOLD_SHARE * whole
        ]
    return "\n".join(lines)


def _line(seconds: float, whole: float, name: str) -> str:
    return f"{seconds:8.2f} s  {100 * seconds / whole:3.0f} %  {name}"
