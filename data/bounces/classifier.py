"""Gives every bounce its type, and a reason to the failures whose log gives none: docs/bounce-types.md."""

import csv
import re
from functools import cache
from pathlib import Path

import pyarrow as pa

from data.held import hold, hold_table
from data.statements import Cursor, run, scalar

Columns = dict[str, list[str | None]]

_HERE = Path(__file__).parent
_IS_FAILURE = (
    "SELECT 1 FROM meant_event WHERE meant_kind IN ('bounced', 'deferred', 'expired', 'rejected', 'failed') LIMIT 1"
)
_NO_VERDICT = pa.schema(
    [("reply_key", pa.uint64()), ("bounce_type", pa.string()), ("reason", pa.string())]
).empty_table()


def classify(cursor: Cursor, format_name: str) -> None:
    """Hold `verdict` for the rows of `staged_event`: one row per different reply of a failure.

    Its columns: reply_key (what the macro reply_key_of gives for a staged row), bounce_type (NULL where the row is no
    bounce) and reason (NULL where nothing tells one). format_name: whose categories the reasons are.
    """
    run(cursor, "reply_macros", _HERE)
    if not scalar(cursor, _IS_FAILURE):  # Most parts of most logs; the rules alone would cost more than reading them.
        hold_table(cursor, "verdict", _NO_VERDICT)
        return
    hold(cursor, "verdict", _HERE, **_rules(), **_categories(format_name), phrases=_phrases())


@cache
def _rows(name: str) -> list[dict[str, str | None]]:
    with (_HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return [{key: value or None for key, value in row.items()} for row in csv.DictReader(file)]


@cache
def _rules() -> Columns:
    rows = _rows("rules")
    return {
        "evidence": [" ".join(filter(None, (row["code"], row["phrase"]))) for row in rows],
        "rule_types": [row["bounce_type"] for row in rows],
        "rule_reasons": [row["reason"] for row in rows],
    }


@cache
def _categories(format_name: str) -> Columns:
    rows = [row for row in _rows("categories") if format_name in (row["formats"] or "").split()]
    return {
        "categories": [(row["category"] or "").lower() for row in rows],
        "category_names": [row["name"] for row in rows],
        "category_types": [row["bounce_type"] for row in rows],
        "category_weights": [row["weight"] for row in rows],
    }


@cache
def _phrases() -> str:
    """All phrases of the rules as one regular expression; of two that begin at the same place the longer one counts."""
    phrases = {row["phrase"] for row in _rows("rules") if row["phrase"]}
    return r"\b(?:" + "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True)) + ")"
