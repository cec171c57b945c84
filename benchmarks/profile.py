"""Where the time of an import and of two additions goes: seconds per statement file and statement, largest first."""

import sys
import time
from collections import defaultdict
from pathlib import Path

from benchmarks.worker import Cost
from data import held, statements

_TOLD_SHARE = 0.01
_TOLD_WIDTH = 100
_FOLDER_OF_DATA = Path(statements.__file__).parent / "sql"
_hold, _append = held.hold, statements.append
_spent: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
"""Seconds by file and statement."""


def print_profiles(log: str, target: str, additions: str) -> Cost:
    """Import a log into a new store, then a file that continues one delivery and one that is spread over all."""
    # The modules of the import take these functions when they are imported, so they are replaced before that.
    statements.run, held.hold, statements.append = _timed_run, _timed_hold, _timed_append
    from benchmarks.additions import add, write  # noqa: PLC0415 - see above
    from benchmarks.imports import import_file  # noqa: PLC0415 - see above

    cost = import_file(log, target)
    _print_profile("the whole import", cost["seconds"])
    write(log, target, additions)
    for kind, name in (("one", "one delivery"), ("spread", "all deliveries")):
        _spent.clear()
        _print_profile(f"adding 10,000 events of {name}", add(target, f"{additions}/{kind}-1.csv")["seconds"])
    Path(target).unlink()
    return cost


def _timed_run(
    cursor: statements.Cursor, name: str, folder: Path = _FOLDER_OF_DATA, /, **parameters: object
) -> statements.Cursor:
    for place, statement in enumerate(statements.statements(folder, name), 1):
        started = time.perf_counter()
        cursor.execute(statement, {key: parameters[key] for key in statement.named_parameters})
        seconds = time.perf_counter() - started
        _spent[f"{folder.name}/{name}.sql"][f"{place}. {_first_words(statement.query)}"] += seconds
    return cursor


def _timed_hold(
    cursor: statements.Cursor,
    name: str,
    folder: Path = _FOLDER_OF_DATA,
    file: str | None = None,
    /,
    **parameters: object,
) -> int:
    started = time.perf_counter()
    rows = _hold(cursor, name, folder, file, **parameters)
    _spent[f"{folder.name}/{file or name}.sql"]["the rows held"] += time.perf_counter() - started
    return rows


def _timed_append(cursor: statements.Cursor, table: str, rows: str, order: str = "") -> None:
    started = time.perf_counter()
    _append(cursor, table, rows, order)
    _spent[f"INSERT INTO {table}"][f"from {rows}"] += time.perf_counter() - started


def _first_words(statement: str) -> str:
    code = [line.strip() for line in statement.splitlines() if not line.strip().startswith("--")]
    return " ".join(code).strip()[:_TOLD_WIDTH]


def _print_profile(name: str, whole: float) -> None:
    files = {file: each for file, each in _spent.items() if sum(each.values()) > _TOLD_SHARE * whole}
    told = sum(sum(parts.values()) for parts in files.values())
    _print_line(whole, whole, name)
    for file, parts in sorted(files.items(), key=lambda each: -sum(each[1].values())):
        _print_line(sum(parts.values()), whole, f"  {file}")
        for statement, seconds in sorted(parts.items(), key=lambda each: -each[1]):
            if len(parts) > 1 and seconds > _TOLD_SHARE * whole:
                _print_line(seconds, whole, f"      {statement}")
    _print_line(whole - told, whole, "  all else: hashing the file, short statements, the commit")


def _print_line(seconds: float, whole: float, name: str) -> None:
    # Standard output is for the cost.
    print(f"{seconds:8.2f} s  {100 * seconds / whole:3.0f} %  {name}", file=sys.stderr)
