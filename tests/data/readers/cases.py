"""The case files of the formats: a small log each, and what every record of it must become.

<format>_cases.json is an object: "format"; "header", the first line of a table; "options", those of the import;
"left_alone", the keys or columns that records may hold and the reader does not ask for; "cases", one per record, in
order: "name", what the case shows; "record", an object, or "line", a text; and what it must become: "events", a list of
objects with those canonical columns that matter (times as in the store, UTC), or "rejected", a part of the reason, or
"ignored": true, or "waits": true for an event that no other record names.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.store import Store

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class CaseFile:
    """The cases of one format."""

    format: str
    cases: list[dict[str, Any]]
    header: str | None = None
    left_alone: tuple[str, ...] = ()
    options: dict[str, Any] | None = None

    def lines(self) -> list[str]:
        """The records as lines, without the header."""
        return [case["line"] if "line" in case else json.dumps(case["record"]) for case in self.cases]

    def text(self) -> str:
        """The log: a table, or one record a line."""
        head = [] if self.header is None else [self.header]
        return "".join(f"{line}\n" for line in [*head, *self.lines()])

    def number(self, place: int) -> int:
        """The line of a case, by its place from 0."""
        return place + 1 + (self.header is not None)


def case_files() -> list[CaseFile]:
    """All case files of this shape, by format."""
    told = [json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*_cases.json"))]
    return [CaseFile(**{**each, "left_alone": tuple(each.get("left_alone", ()))}) for each in told if "cases" in each]


def events_by_line(store: Store) -> dict[int, list[dict[str, str | None]]]:
    """The events of the store's only source by line, in the order of time and kind; values as texts."""
    with store.cursor() as cursor:
        rows = cursor.execute(
            "SELECT event.*, delivery_id, source_delivery.label AS delivery_label "
            "FROM event JOIN delivery USING (delivery_key) JOIN source_delivery USING (source_id, delivery_key) "
            "ORDER BY line, event_time, kind, recipient"
        )
        names = [column[0] for column in rows.description or ()]
        found: dict[int, list[dict[str, str | None]]] = {}
        for row in rows.fetchall():
            told = {name: None if value is None else str(value) for name, value in zip(names, row, strict=True)}
            found.setdefault(int(told["line"] or 0), []).append(told)
    return found
