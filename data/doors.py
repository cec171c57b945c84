"""What the two doors for scripts share: how they read arguments, open the store and print. No screen knows of it."""

import argparse
import json
import math
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd

from data.errors import StoreNotFoundError
from data.settings import store_path, temporary_directory
from data.store import Store
from data.temporary import folder_in

DONE, DONE_WITH_REJECTS, NOTHING_DONE = 0, 1, 2
"""The exit codes."""


class OneSentenceParser(argparse.ArgumentParser):
    """A parser whose errors are one sentence on stderr and exit code 2."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments and where help is."""
        print(f"{message[:1].upper()}{message[1:]}; see `{self.prog} --help`.", file=sys.stderr)  # noqa: T201
        sys.exit(2)


def add_store(command: argparse.ArgumentParser) -> None:
    """Let a command be told which store it is about."""
    command.add_argument(
        "--store", type=Path, metavar="FILE", help="the store (SENDLOG_STORE, .sendlog/sendlog.duckdb)"
    )


def run_door(main: Callable[[], int]) -> int:
    """Run a door; a reader of its output that has seen enough, such as `head`, is no error."""
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def store_to_read(path: Path | None) -> Store:
    """The store, for a command that only reads. Raises StoreNotFoundError where there is none, and makes none."""
    path = path or store_path()
    if not _is_there(path):
        raise StoreNotFoundError(
            f"There is no store {path}; import a log into it (python -m data import LOG), or name another with --store "
            "or SENDLOG_STORE."
        )
    return Store(path)


@contextmanager
def store_to_check(path: Path | None) -> Iterator[Store]:
    """The store, for work that is taken back; where there is none, an empty one that goes with the block."""
    path = path or store_path()
    if _is_there(path):
        with Store(path) as store:
            yield store
        return
    nearest = next(folder for folder in path.absolute().parents if folder.is_dir())
    with folder_in(temporary_directory(nearest / path.name)) as folder, Store(folder / path.name) as store:
        yield store


def _is_there(path: Path) -> bool:
    """Whether there is a store, or something that DuckDB can say more about; an empty file it would make one."""
    try:
        return path.stat().st_size > 0
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True


def iso(moment: datetime) -> str:
    """A UTC moment as ISO 8601 with its zone."""
    return f"{moment.isoformat()}Z"


def plain(value: Any) -> Any:  # noqa: ANN401 - whatever a row may hold
    """A value as JSON can say it: times in ISO 8601, no NaN."""
    if value is None or value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, datetime):
        return iso(value)
    return value.item() if hasattr(value, "item") else value


def print_json(told: Any) -> None:  # noqa: ANN401 - rows or one of them
    """Print rows, or one, as JSON."""
    rows = told if isinstance(told, list) else [told]
    cleaned = [{name: plain(value) for name, value in row.items()} for row in rows]
    print(json.dumps(cleaned if isinstance(told, list) else cleaned[0], indent=2, ensure_ascii=False))  # noqa: T201


def print_table(rows: Sequence[dict[Any, Any]]) -> None:
    """Print rows as an aligned table; nothing where there are none."""
    if rows:
        cleaned = pd.DataFrame([{name: plain(value) for name, value in row.items()} for row in rows])
        print(cleaned.to_string(index=False, na_rep=""))  # noqa: T201
