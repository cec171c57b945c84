"""The same question asked of Sendlog and of its peers; their answers must be equal before any time is told."""

from importlib import import_module
from pathlib import Path

import pandas as pd

from benchmarks.peers import COUNTS
from benchmarks.worker import Cost, measured

PEERS = {"pandas": "pandas_peer", "Polars": "polars_peer", "DuckDB": "duckdb_peer"}
SENDLOG = "sendlog"
_KEYS = ["delivery_id", "elapsed_minutes"]


def ask(peer: str, asked: str, answer: str) -> Cost:
    """Ask one peer, a module of benchmarks.peers, of a file, or Sendlog of a store; write the answer to a CSV."""
    course = import_module(f"benchmarks.peers.{peer}").course
    cost, found = measured(lambda: course(Path(asked)))
    found.to_csv(answer, index=False)
    return cost | {"rows": len(found)}


def compare(*answers: str) -> Cost:
    """Compare answers with the first. Exits with the first difference."""
    first, *others = (pd.read_csv(answer) for answer in answers)
    for name, other in zip(answers[1:], others, strict=True):
        told = first_difference(first, other)
        if told:
            raise SystemExit(f"{answers[0]} and {name} differ, first at\n{told}")
    return {"rows": len(first)}


def first_difference(left: pd.DataFrame, right: pd.DataFrame) -> str | None:
    """The first row in which two answers differ, with both; None where they are equal."""
    both = left.merge(right, how="outer", on=_KEYS, suffixes=("_left", "_right"), sort=True)
    is_different = pd.concat(
        [both[f"{count}_left"].ne(both[f"{count}_right"]) for count in COUNTS], axis=1
    ).any(axis=1)  # fmt: skip
    return str(both[is_different].iloc[0].to_string()) if is_different.any() else None
