"""What the two doors for scripts share: how they read arguments and print. No layer above knows of it."""

import argparse
import json
import math
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NoReturn

import pandas as pd


class OneSentenceParser(argparse.ArgumentParser):
    """A parser whose errors are one sentence on stderr and exit code 2."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments and where help is."""
        print(f"{message[:1].upper()}{message[1:]}; see `{self.prog} --help`.", file=sys.stderr)  # noqa: T201
        sys.exit(2)


def run_door(main: Callable[[], int]) -> int:
    """Run a door; a reader of its output that has seen enough, such as `head`, is no error."""
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


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
