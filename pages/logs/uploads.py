"""Dropped files on their way to the import: on disk, where each session has a folder of its own."""

import shutil
import tempfile
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from data.containers import is_zip, logs_in
from pages.logs.spool import Arrived, Arriving, opened_spool

_CHUNK = 1 << 20


@dataclass(frozen=True)
class Upload:
    """A dropped file. Its name is the visitor's and never part of a path."""

    number: int
    name: str
    path: Path
    size_bytes: int
    digest: str


class UploadFolder:
    """A folder that lives as long as the session; it is removed with it."""

    def __init__(self, store: Path) -> None:
        self._spool = opened_spool(store)
        self._path = Path(tempfile.mkdtemp(prefix="session-", dir=self._spool.folder))
        self._taken = 0
        weakref.finalize(self, shutil.rmtree, self._path, ignore_errors=True)

    def take(self, name: str, file: BinaryIO) -> list[Upload]:
        """Take a dropped file over: from the spool if it holds a ticket, else by copying it. A .zip is its logs.

        Raises LogUnreadableError where a .zip cannot be unpacked.
        """
        path = self._next_path()
        arrived = self._spool.claim(file.read(_CHUNK))
        if arrived:
            arrived.path.rename(path)
        else:
            file.seek(0)
            arrived = _copied(file, path)
        if is_zip(path):
            return list(self._unpacked(path, name))
        return [Upload(self._taken, one_line(name), path, arrived.size_bytes, arrived.digest)]

    def _unpacked(self, path: Path, name: str) -> Iterator[Upload]:
        try:
            for log, log_name in logs_in(path, name, self._path):
                with log.open("rb") as file:
                    arrived = _copied(file, self._next_path())
                yield Upload(self._taken, one_line(log_name), arrived.path, arrived.size_bytes, arrived.digest)
        finally:
            path.unlink()

    def _next_path(self) -> Path:
        self._taken += 1
        return self._path / str(self._taken)


def one_line(name: str) -> str:
    """A file name without line breaks and other control characters, which it may hold on some systems."""
    return "".join(character if character.isprintable() else "\ufffd" for character in name) or "unnamed"


def _copied(file: BinaryIO, path: Path) -> Arrived:
    copy = Arriving(path)
    while chunk := file.read(_CHUNK):
        copy.write(chunk)
    return copy.close()
