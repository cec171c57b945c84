"""A file on its way in: decompressed, hashed, its first bytes looked at. Nothing is known of formats here."""

import gzip
import hashlib
import shutil
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from data.errors import LogUnreadableError

HEAD_BYTES = 256 * 1024
_CHUNK = 1 << 20
_GZIP = b"\x1f\x8b"
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


@dataclass(frozen=True)
class Head:
    """The first bytes of a log as text, for detection."""

    text: str
    is_binary: bool

    @property
    def first_line(self) -> str:
        """The first line, blank or not, without its end."""
        return next(iter(self.text.splitlines()), "")

    @property
    def lines(self) -> list[str]:
        """The complete lines, without the ends of lines; blank ones left out."""
        return [line for line in self.text.splitlines() if line.strip()]


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
    is_sound: bool
    """Whether DuckDB may read it as it is: no NUL bytes (it would keep them without a word), no damage found yet."""
    head: Head
    modified_at: datetime
    """When the original was last written (UTC)."""


@contextmanager
def opened_log(path: Path, name: str | None = None) -> Iterator[LogFile]:
    """Make a log file readable for as long as the block lasts.

    Raises LogUnreadableError if it is missing, empty, or damaged in its compression.
    """
    with tempfile.TemporaryDirectory(prefix="sendlog-") as folder:
        try:
            yield _log_file(path, name or path.name, Path(folder))
        except IsADirectoryError as error:
            raise LogUnreadableError(f"{name or path} is a folder; name the log files in it.") from error
        except OSError as error:
            if isinstance(error, gzip.BadGzipFile):
                raise _damaged(name or str(path)) from error
            if error.filename and Path(error.filename) != path:
                raise
            raise LogUnreadableError(f"{name or path} cannot be read: {error.strerror or error}.") from error


def _log_file(path: Path, name: str, spool: Path) -> LogFile:
    plain = _plain(path, name, spool)
    digest, size, ends, last, holds_nul = hashlib.sha256(), 0, 0, b"", False
    with plain.open("rb") as file:
        head = file.read(HEAD_BYTES)
        file.seek(0)
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            ends += chunk.count(b"\n")
            holds_nul = holds_nul or b"\0" in chunk
            last = chunk[-1:]
    if not size:
        raise LogUnreadableError(f"{name} is empty; export the log again.")
    if not ends and b"\r" in head.strip():
        raise LogUnreadableError(f"{name} ends its lines with carriage returns alone; save it with line feeds.")
    modified_at = datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(tzinfo=None)
    lines = ends + (last != b"\n")
    return LogFile(name, plain, spool, digest.hexdigest(), size, lines, not holds_nul, _head(head), modified_at)


def _plain(path: Path, name: str, spool: Path) -> Path:
    with path.open("rb") as file:
        start = file.read(2)
    if start == _GZIP:
        return _unpacked(path, name, spool / "plain")
    if start in _UTF16:
        return _transcoded(path, spool / "plain", _UTF16[start])
    return path


def _unpacked(path: Path, name: str, plain: Path) -> Path:
    try:
        with gzip.open(path, "rb") as packed, plain.open("wb") as file:
            shutil.copyfileobj(packed, file, _CHUNK)
    except (EOFError, zlib.error) as error:
        raise _damaged(name) from error
    return plain


def _transcoded(path: Path, plain: Path, encoding: str) -> Path:
    with path.open(encoding=encoding, errors="replace", newline="") as file, plain.open("wb") as copy:
        _copy_text(file, copy)
    return plain


def _copy_text(file: IO[str], copy: IO[bytes]) -> None:
    while chunk := file.read(_CHUNK):
        copy.write(chunk.replace("\ufeff", "").encode())


def _head(start: bytes) -> Head:
    text = start.removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="replace")
    odd = sum(
        1
        for character in text[:4096]
        if (character < " " and character not in "\t\r\n\x1b\x0c") or character == "\ufffd"
    )
    return Head(text, is_binary=odd > len(text[:4096]) * 0.1)


def _damaged(name: str) -> LogUnreadableError:
    return LogUnreadableError(
        f"{name} is a damaged .gz file: its compressed data ends early or is wrong; copy it again."
    )
