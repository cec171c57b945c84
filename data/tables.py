"""The header line of a delimited log."""

import csv
from collections.abc import Callable
from dataclasses import dataclass

from data.log_head import Head

_DELIMITERS = ",;\t|"
# Python's csv gives up on longer fields.
_LONGEST_LINE = 100_000


@dataclass(frozen=True)
class Header:
    """How a delimited file is to be read."""

    delimiter: str
    names: list[str]
    """The headings as written, without blanks around them."""

    def columns(self, column_of: Callable[[str], str | None]) -> list[str]:
        """Unique column names: a heading that means nothing, or comes again, is named by its place."""
        found = [column_of(name) for name in self.names]
        return [name if name and name not in found[:place] else f"column_{place}" for place, name in enumerate(found)]


def header_of(head: Head) -> Header:
    """The header of a file: its first line, under the delimiter that occurs most; no names where it can be none."""
    line = head.first_line.removeprefix("\ufeff")
    delimiter = max(_DELIMITERS, key=line.count)
    return Header(delimiter, [name.strip() for name in fields(line, delimiter)])


def fields(line: str, delimiter: str) -> list[str]:
    """The fields of a line; none where it is none of a table."""
    try:
        return next(csv.reader([line], delimiter=delimiter), []) if len(line) < _LONGEST_LINE else []
    except csv.Error:  # A field longer than any name, or a carriage return.
        return []
