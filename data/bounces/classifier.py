"""Gives every bounce its type, and a reason to the failures whose log gives none: docs/bounce-types.md."""

import csv
import re
from functools import cache
from pathlib import Path

from data.held import hold
from data.store import Cursor, run

Columns = dict[str, list[str | None]]

_HERE = Path(__file__).parent


def classify(cursor: Cursor, format_name: str) -> None:
    """Hold `verdict` for the rows of `staged_event`: one row per different reply of a failure.

    Its columns: reply_key (what the macro reply_key_of gives for a staged row), bounce_type (NULL where the row is no
    bounce) and reason (NULL where nothing tells one). format_name: whose categories the reasons are.
    """
    run(cursor, "reply_macros", _HERE)
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
