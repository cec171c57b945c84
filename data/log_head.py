"""The first bytes of a log, by which its format is known."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

HEAD_BYTES = 256 * 1024
_PARQUET = b"PAR1"
_SEEN_OBJECTS = 50


@dataclass(frozen=True)
class Head:
    """The first bytes of a log as text, for detection."""

    text: str
    is_binary: bool
    is_parquet: bool = False

    @property
    def first_line(self) -> str:
        """The first line, blank or not, without its end."""
        return self.text.split("\n", 1)[0].rstrip("\r")

    @property
    def lines(self) -> list[str]:
        """The complete lines, without the ends of lines; blank ones left out."""
        return [line for line in self.text.splitlines() if line.strip()]

    @cached_property
    def objects(self) -> list[dict[str, Any]]:
        """The JSON objects among the first lines, one a line; none where the first line is no object."""
        found: list[dict[str, Any]] = []
        for line in self.text.split("\n", _SEEN_OBJECTS)[:_SEEN_OBJECTS]:
            try:
                told = json.loads(line) if line.startswith("{") else None
            except (ValueError, RecursionError):  # No JSON, cut off, or nested too deep to be a log.
                told = None
            if isinstance(told, dict):
                found.append(told)
            elif not found:
                break
        return found


def head_of(path: Path) -> Head:
    """The first bytes of a file."""
    with path.open("rb") as file:
        return _head(file.read(HEAD_BYTES))


def _head(start: bytes) -> Head:
    text = start.removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="replace")
    odd = sum(
        1
        for character in text[:4096]
        if (character < " " and character not in "\t\r\n\x1b\x0c") or character == "\ufffd"
    )
    is_parquet = start.startswith(_PARQUET)
    return Head(text, is_binary=is_parquet or odd > len(text[:4096]) * 0.1, is_parquet=is_parquet)
