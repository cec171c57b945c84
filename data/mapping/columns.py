"""The columns of a foreign table: the headings of its first line, or the keys of its JSON records."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from data.log_head import Head
from data.tables import header_of

_DEEPEST = 4
_FEWEST = 2


def columns_of(head: Head) -> list[str]:
    """The columns by name, nested keys behind dots, in their order; none where the file is no table."""
    if head.objects:
        names = [path for told in head.objects for path in _paths(told)]
    else:
        names = [] if head.is_binary else header_of(head).names
    found = list(dict.fromkeys(name for name in names if name and _is_text(name)))
    return found if len(found) >= _FEWEST else []


def header_key(columns: Sequence[str]) -> str:
    """What two files have in common that can be read by the same mapping: the column names, in no order."""
    return json.dumps(sorted(columns))


def pointers_to(head: Head, columns: Sequence[str]) -> list[str]:
    """JSON pointers to columns of JSON records; a key that holds a dot itself is found before a nested one."""
    keys = {key for told in head.objects for key in told}
    paths = [[column] if column in keys else column.split(".") for column in columns]
    return ["".join(f"/{key.replace('~', '~0').replace('/', '~1')}" for key in path) for path in paths]


def _is_text(name: str) -> bool:
    """Whether a key can be written down; JSON lets one hold halves of characters."""
    return "\0" not in name and name.encode("utf-8", "replace").decode() == name


def _paths(told: Mapping[str, Any], before: str = "", depth: int = 1) -> Iterator[str]:
    for key, value in told.items():
        if isinstance(value, Mapping) and value and depth < _DEEPEST:
            yield from _paths(value, f"{before}{key}.", depth + 1)
        else:
            yield before + key
