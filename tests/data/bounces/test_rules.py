"""The rules as data: each one can decide, and says where it is from."""

import csv
import re
from pathlib import Path

import pytest

from data.bounces import classifier
from data.store import Store
from tests.data.bounces.judging import Reply, verdicts

_FOLDER = Path(classifier.__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    """The rows of one of the files of rules."""
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


RULES = rows("rules")
CATEGORIES = rows("categories")
REASONS = {
    "User unknown", "Invalid domain", "Account disabled", "Mailbox full", "Message too big", "Unreachable",
    "System failure", "Protocol error", "Rate limited", "Greylisted", "Expired", "Suppressed", "Spam content",
    "Content refused", "Blocklisted", "Policy", "Authentication", "Relaying denied", "Invalid sender", "Refused",
}  # fmt: skip


def an_example(code: str) -> str:
    """A code that a rule's pattern stands for: one that no other rule names."""
    return re.sub(r"x$", "99", re.sub(r"^x", "5", code))


def replies(rules: list[dict[str, str]]) -> list[Reply]:
    """For each rule a reply with what it asks for, and nothing else."""
    told = []
    for rule in rules:
        code = an_example(rule["code"])
        number = int(code) if code.isdigit() else None
        told.append(Reply(rule["phrase"] or None, None if number else code or None, number))
    return told


def test_every_rule_decides_where_it_alone_fits(store: Store) -> None:
    """No phrase is hidden by a longer one or written as a text never is, and no code is written as none ever is."""
    expected = [(rule["bounce_type"], rule["reason"] or None) for rule in RULES]
    assert verdicts(store, replies(RULES)) == expected


def test_no_rule_is_written_twice() -> None:
    """The second would never decide."""
    seen = [(rule["code"], rule["phrase"]) for rule in RULES]
    assert len(seen) == len(set(seen))


def test_no_category_of_a_format_is_written_twice() -> None:
    """A reply would have two verdicts."""
    seen = [(name, row["category"].lower()) for row in CATEGORIES for name in row["formats"].split()]
    assert len(seen) == len(set(seen))


def test_a_rule_names_its_type_its_reason_and_its_source() -> None:
    """Words of the vocabulary, and where it is written."""
    types = {"hard", "soft", "block", "admin"}
    assert [rule for rule in RULES if rule["bounce_type"] not in types or rule["reason"] not in REASONS | {""}] == []
    assert [row for row in RULES + CATEGORIES if not row["source"]] == []


@pytest.mark.parametrize("row", CATEGORIES, ids=lambda row: f"{row['formats']} {row['category']}")
def test_a_category_is_firm_or_gives_way(row: dict[str, str]) -> None:
    """It weighs something exactly where it names a type; exactly the numbers have names."""
    assert row["bounce_type"] in {"hard", "soft", "block", "admin", "undetermined", ""}
    assert bool(row["weight"]) == bool(row["bounce_type"])
    assert row["weight"] in {"firm", "faint", ""}
    assert bool(row["name"]) == row["category"].isdigit()
