"""A file on its way in: decompressed, hashed, its first bytes looked at. Nothing is known of formats here."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

from data.errors import LogUnreadableError
from data.sentences import Sentence
from data.temporary import folder_in, unusable
from data.unpacking import plain_copy

HEAD_BYTES = 256 * 1024
PART_BYTES = 256 << 20
"""Size of the parts in which a long file is read, so that memory does not grow with it."""
_CHUNK = 1 << 20
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


@dataclass(frozen=True)
class LogFile:
    """A log ready to be read: plain text on disk."""

    name: str
    path: Path
    """The plain text; the original file, or its decompressed copy."""
    spool: Path
    """A folder that lives as long as the import."""
    content_hash: str
    """SHA-256 of the plain bytes: a compressed and a plain copy are the same log."""
    size_bytes: int
    lines: int
    """Ends of lines, plus one if the last line has none."""
    cuts: tuple["Cut", ...]
    """Where the file may be cut into parts of whole lines; none where it is short."""
    lines_before: int
    """Lines of the file before this part of it; 0 for a whole file."""
    is_sound: bool
    """Whether DuckDB may read it as it is: no NUL bytes (it would keep them without a word), no damage found yet."""
    is_scanned: bool
    """Whether damaged JSON was taken apart record by record already."""
    head: Head
    modified_at: datetime
    """When the original was last written (UTC)."""

    def rewritten(self, path: Path) -> "LogFile":
        """The same log, with its records in another file, one a line."""
        measured = _measured(path)
        return replace(
            self,
            path=path,
            size_bytes=measured.size_bytes,
            lines=measured.lines,
            cuts=measured.cuts,
            is_sound=not measured.holds_nul,
            head=_head_of(path),
        )


@dataclass(frozen=True)
class Cut:
    """An end of a line that may be the end of a part."""

    offset: int
    """Bytes before it."""
    lines: int
    """Lines before it."""


def parts(log: LogFile) -> Iterator[LogFile]:
    """The file in parts of whole lines, one after the other; each is there until the next is asked for."""
    if not log.cuts:
        yield log
        return
    cuts = [Cut(0, 0), *log.cuts, Cut(log.size_bytes, log.lines)]
    for start, end in pairwise(cuts):
        path = log.spool / "part"
        _copy_range(log.path, path, start.offset, end.offset)
        yield replace(log, path=path, lines=end.lines - start.lines, lines_before=start.lines, cuts=())


def _copy_range(source: Path, target: Path, start: int, end: int) -> None:
    with source.open("rb") as file, target.open("wb") as part:
        file.seek(start)
        for _ in range(start, end, _CHUNK):
            part.write(file.read(min(_CHUNK, end - file.tell())))


@contextmanager
def opened_log(path: Path, name: str | None, temporary: Path) -> Iterator[LogFile]:
    """Make a log file readable for as long as the block lasts.

    temporary: the folder for what is unpacked or cut; made if it is missing, and left if something else is in it.
    Raises LogUnreadableError if it is missing, empty, or damaged in its compression, and StoreFailedError where nothing
    can be unpacked.
    """
    with folder_in(temporary) as folder:
        try:
            yield _log_file(path, name or path.name, folder)
        except IsADirectoryError as error:
            raise LogUnreadableError(
                Sentence("{name} is a folder; name the log files in it.", name=name or str(path))
            ) from error
        except OSError as error:
            if error.filename and Path(error.filename) != path:
                raise unusable(error) from error
            raise LogUnreadableError(
                Sentence("{name} cannot be read: {why}.", name=name or str(path), why=error.strerror or str(error))
            ) from error


def _log_file(path: Path, name: str, spool: Path) -> LogFile:
    plain = plain_copy(path, name, spool)
    measured = _measured(plain)
    head = _head_of(plain)
    if not measured.size_bytes:
        raise LogUnreadableError(Sentence("{name} is empty; export the log again.", name=name))
    if not measured.lines_ended and "\r" in head.text.strip() and not head.is_binary:
        raise LogUnreadableError(
            Sentence("{name} ends its lines with carriage returns alone; save it with line feeds.", name=name)
        )
    modified_at = datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(tzinfo=None)
    return LogFile(
        name,
        plain,
        spool,
        measured.digest,
        measured.size_bytes,
        measured.lines,
        measured.cuts,
        0,
        not measured.holds_nul,
        False,
        head,
        modified_at,
    )


@dataclass(frozen=True)
class _Measured:
    digest: str
    size_bytes: int
    lines_ended: int
    lines: int
    cuts: tuple[Cut, ...]
    holds_nul: bool


def _measured(plain: Path) -> _Measured:
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
    return _Measured(
        digest.hexdigest(), size, ends, ends + (last != b"\n"), tuple(cuts[:-1] if at_end else cuts), holds_nul
    )


def _head_of(path: Path) -> Head:
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
