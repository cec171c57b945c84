"""Damaged text files, record by record: sound ones into one file, the others with number, text and reason into another.

Only a file that DuckDB cannot read comes here, so the loops over its lines are rare; damage is found line by line.
"""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

MAX_LINE_BYTES = 1 << 20
KEPT_TEXT = 10_000
_MAX_LINES_PER_RECORD = 200
csv.field_size_limit(MAX_LINE_BYTES)  # Python's own limit is lower than ours.


@dataclass(frozen=True)
class Rejection:
    """A record that could not be used."""

    line: int
    text: str
    reason: str


Records = Iterator[tuple[int, list[str]] | Rejection]
"""The number of a record's line and its fields, or why it cannot be used."""


def mend(records: Records, mended: Path, rejections: Path) -> int:
    """Write sound records as CSV behind their lines, the others as line, text, reason; returns how many those are."""
    rejected = 0
    with (
        mended.open("w", encoding="utf-8", newline="") as sound,
        rejections.open("w", encoding="utf-8", newline="") as bad,
    ):
        write_sound, write_bad = (csv.writer(file, lineterminator="\n").writerow for file in (sound, bad))
        for record in records:
            if isinstance(record, Rejection):
                write_bad([record.line, _one_kind_of_end(record.text), record.reason])
                rejected += 1
            else:
                write_sound([record[0], *map(_one_kind_of_end, record[1])])
    return rejected


def _one_kind_of_end(text: str) -> str:
    # DuckDB takes a lone carriage return for the end of all lines, even between quotes.
    return text.replace("\r", "\n")


def kept_text(text: str) -> str:
    """The text of a rejected record as it is kept: its first characters, and how many there were."""
    return text if len(text) <= KEPT_TEXT else f"{text[:KEPT_TEXT]}… ({len(text):,} characters)"


def texts_of_lines(path: Path, numbers: list[int]) -> Iterator[tuple[int, str]]:
    """The texts of some lines of a file, by ascending number."""
    with path.open("rb") as file:
        passed = 0
        for number in numbers:
            raw = next(islice(file, number - passed - 1, None), b"")
            passed = number
            yield number, kept_text(_readable(raw))


def _readable(raw: bytes) -> str:
    return raw.rstrip(b"\r\n").decode("utf-8", errors="replace").replace("\0", "\u2400")


def _sound_lines(path: Path, errors: str) -> Iterator[tuple[int, str] | Rejection]:
    """Every line that is not blank, decoded; a rejection where it is too long, holds NUL bytes or is no UTF-8."""
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            line = raw.rstrip(b"\r\n").removeprefix(b"\xef\xbb\xbf" if number == 1 else b"")
            reason = _damage(line, errors)
            if reason:
                yield Rejection(number, kept_text(_readable(line)), reason)
            elif line.strip():
                yield number, line.decode("utf-8", errors=errors)


def _damage(line: bytes, errors: str) -> str | None:
    if len(line) > MAX_LINE_BYTES:
        return f"the line is {len(line):,} bytes long; lines up to {MAX_LINE_BYTES:,} bytes are read"
    if b"\0" in line:
        return "the line holds NUL bytes, as after a crash or in a file that is not text"
    try:
        line.decode("utf-8", errors=errors)
    except UnicodeDecodeError:
        return "the line is not UTF-8; export the file again as UTF-8"
    return None


def sound_lines(path: Path, errors: str) -> Records:
    """The lines of a file that are not blank, as one field each. errors: as for bytes.decode."""
    for line in _sound_lines(path, errors):
        yield line if isinstance(line, Rejection) else (line[0], [line[1]])


def sound_rows(path: Path, delimiter: str, quote: str, width: int) -> Records:
    """The rows of a delimited file. A quote that opens and is not closed within reach costs its own line only."""
    lines = _sound_lines(path, "strict")
    next(lines, None)
    waiting: deque[tuple[int, str] | Rejection] = deque()
    while (first := waiting.popleft() if waiting else next(lines, None)) is not None:
        if isinstance(first, Rejection):
            yield first
            continue
        fields = _row(first[1], delimiter) if quote else first[1].split(delimiter)
        if fields is None:
            waiting.extend(islice(lines, max(0, _MAX_LINES_PER_RECORD - len(waiting))))
            fields, used = _joined_row(first, waiting, delimiter, width)
            for _ in range(used):
                waiting.popleft()
        yield _judged(first, fields, width)


def _judged(first: tuple[int, str], fields: list[str] | None, width: int) -> tuple[int, list[str]] | Rejection:
    number, text = first
    if fields is None:
        damage = "a quote is opened and never closed" if '"' in text else "the line holds a carriage return"
        return Rejection(number, kept_text(text), damage)
    if len(fields) != width:
        return Rejection(number, kept_text(text), f"{len(fields)} fields where the header has {width}")
    return number, fields


def _joined_row(
    first: tuple[int, str], following: Iterable[tuple[int, str] | Rejection], delimiter: str, width: int
) -> tuple[list[str] | None, int]:
    text = first[1]
    for used, line in enumerate(following, 1):
        if isinstance(line, Rejection):
            break
        text = f"{text}\n{line[1]}"
        fields = _row(text, delimiter) if '"' in line[1] else None
        if fields is not None:
            return (fields, used) if len(fields) == width else (None, 0)
    return None, 0


def _row(text: str, delimiter: str) -> list[str] | None:
    """The fields of one row, or None where a quote is still open."""
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error:
        return None
