"""Exports of Campaign's sending log, and what the store holds of them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from data.report import ImportReport
from data.store import Store

CASES: dict[str, Any] = json.loads((Path(__file__).parent / "campaign_cases.json").read_text("utf-8"))
HEADER = CASES["header"]

Imported = Callable[..., ImportReport]


def export(*lines: str) -> str:
    """An export of these rows."""
    return "\n".join([HEADER, *lines, ""])


def told(store: Store, *columns: str) -> list[str]:
    """The events of all messages but the dating ones: kind, time of day, bounce type, reason, diagnostic."""
    return [
        " ".join(str(value) for value in row if value is not None)
        for row in rows(
            store,
            f"""SELECT {"".join(f"{name}, " for name in columns)} kind, strftime(event_time, '%H:%M:%S'), bounce_type,
                reason, diagnostic
            FROM event WHERE recipient <> 'z@x.org' ORDER BY message_id, event_time, kind""",  # noqa: S608
        )
    ]


def rows(store: Store, statement: str) -> list[tuple[Any, ...]]:
    """The rows of a query."""
    with store.cursor() as cursor:
        return cursor.execute(statement).fetchall()
