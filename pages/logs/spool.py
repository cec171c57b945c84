"""Uploads on their way from the network to the page: files in one folder, each known by a ticket."""

import hashlib
import secrets
import shutil
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from data import settings
from data.temporary import made

_LONGEST_WAIT_SECONDS = 24 * 3600
"""A page takes an upload as soon as it has arrived. What waits for a day is forgotten: its tab was closed."""


@dataclass(frozen=True)
class Arrived:
    """A file that has arrived wholly."""

    path: Path
    size_bytes: int
    digest: str
    """SHA-256 of its bytes, in hexadecimal."""


class Arriving:
    """A file that is being written, piece by piece."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("wb")
        self._digest = hashlib.sha256()
        self._size_bytes = 0

    def write(self, piece: bytes | memoryview) -> None:
        """Add a piece."""
        self._digest.update(piece)
        self._size_bytes += self._file.write(piece)

    def close(self) -> Arrived:
        """End the file."""
        self._file.close()
        return Arrived(self.path, self._size_bytes, self._digest.hexdigest())


class Spool:
    """The folder of a store's uploads. One process has a store open, so what an earlier one left is removed."""

    def __init__(self, store: Path) -> None:
        name = hashlib.sha256(str(store.absolute()).encode()).hexdigest()[:12]
        self.folder = settings.temporary_directory(store) / f"uploads-{name}"
        shutil.rmtree(self.folder, ignore_errors=True)
        made(self.folder)
        self._waiting: dict[bytes, tuple[float, Arrived]] = {}

    def begin(self) -> Arriving:
        """A new file."""
        return Arriving(self.folder / f"upload-{secrets.token_hex(8)}")

    def keep(self, arrived: Arrived) -> bytes:
        """Let a file wait to be claimed; returns its ticket, which nobody can guess."""
        self._forget_the_old()
        ticket = f"sendlog-upload-{secrets.token_hex(16)}".encode()
        self._waiting[ticket] = time.monotonic(), arrived
        return ticket

    def claim(self, ticket: bytes) -> Arrived | None:
        """The file of a ticket, once; it belongs to who claimed it. None for anything else."""
        _, arrived = self._waiting.pop(ticket, (0, None))
        return arrived

    def _forget_the_old(self) -> None:
        until = time.monotonic() - _LONGEST_WAIT_SECONDS
        for ticket in [ticket for ticket, (since, _) in list(self._waiting.items()) if since < until]:
            forgotten = self.claim(ticket)
            if forgotten:
                forgotten.path.unlink(missing_ok=True)


_spools: dict[Path, Spool] = {}
_opening = threading.Lock()


def opened_spool(store: Path) -> Spool:
    """The spool of a store that this process has open, made at the first call."""
    with _opening:
        if store not in _spools:
            _spools[store] = Spool(store)
        return _spools[store]


def known_spool(store: Path) -> Spool | None:
    """The spool of a store, if it was opened before."""
    return _spools.get(store)
