"""The mappings that analysts saved in the store, each with the header of the file that it was made for."""

import json
from collections.abc import Sequence

from data.mapping.columns import header_key
from data.mapping.mapping import LogMapping, mapping_from
from data.statements import Cursor, scalar
from data.store import Store


def save_mapping(store: Store, mapping: LogMapping, columns: Sequence[str]) -> None:
    """Keep a mapping under its name, in the place of one that had it, for files with the same columns."""
    with store.transaction() as cursor:
        cursor.execute("DELETE FROM saved_mapping WHERE name = ?", [mapping.name])
        cursor.execute(
            "INSERT INTO saved_mapping SELECT coalesce(max(number), 0) + 1, ?, ?, ? FROM saved_mapping",
            [mapping.name, header_key(columns), json.dumps(mapping.as_dict())],
        )


def saved_mappings(store: Store) -> list[LogMapping]:
    """All saved mappings, by name."""
    with store.cursor() as cursor:
        rows = cursor.execute("SELECT mapping FROM saved_mapping ORDER BY name").fetchall()
    return [_mapping(text) for (text,) in rows]


def mapping_for(cursor: Cursor, columns: Sequence[str]) -> LogMapping | None:
    """The mapping saved last for files with these columns, or None."""
    key = header_key(columns)
    text = scalar(cursor, "SELECT mapping FROM saved_mapping WHERE header = ? ORDER BY number DESC LIMIT 1", [key])
    return None if text is None else _mapping(text)


def delete_mapping(store: Store, name: str) -> None:
    """Forget a saved mapping; what was imported by it stays."""
    with store.transaction() as cursor:
        cursor.execute("DELETE FROM saved_mapping WHERE name = ?", [name])


def _mapping(text: str) -> LogMapping:
    return mapping_from(json.loads(text), "a saved mapping")
