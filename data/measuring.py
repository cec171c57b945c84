"""A file measured in one pass: its hash, its lines, and where it may be cut into parts of whole lines."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

PART_BYTES = 256 << 20
"""Size of the parts in which a long file is read, so that memory does not grow with it."""
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Cut:
    """An end of a line that may be the end of a part."""

    offset: int
    """Bytes before it."""
    lines: int
    """Lines before it."""


@dataclass(frozen=True)
class Measured:
    """What one pass over a file finds."""

    digest: str
    size_bytes: int
    lines_ended: int
    lines: int
    cuts: tuple[Cut, ...]
    holds_nul: bool


def measured(plain: Path) -> Measured:
    """Hash a file, count its lines, and find where it may be cut."""
    digest, size, ends, last, holds_nul = hashlib.sha256(), 0, 0, b"", False
    cuts: list[Cut] = []
    with plain.open("rb") as file:
        while chunk := file.read(_CHUNK):
            if size - (cuts[-1].offset if cuts else 0) >= PART_BYTES and (place := chunk.find(b"\n") + 1):
                cuts.append(Cut(size + place, ends + 1))
            digest.update(chunk)
            size += len(chunk)
            ends += chunk.count(b"\n")
            holds_nul = holds_nul or b"\0" in chunk
            last = chunk[-1:]
    at_end = cuts and cuts[-1].offset == size
    return Measured(
        digest.hexdigest(), size, ends, ends + (last != b"\n"), tuple(cuts[:-1] if at_end else cuts), holds_nul
    )


def copy_range(source: Path, target: Path, start: int, end: int) -> None:
    """Copy the bytes of a file from an offset up to another."""
    with source.open("rb") as file, target.open("wb") as part:
        file.seek(start)
        for _ in range(start, end, _CHUNK):
            part.write(file.read(min(_CHUNK, end - file.tell())))
