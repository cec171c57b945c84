"""Dropped files on their way to the import: copied to disk in pieces, so that they do not stay in memory."""

import hashlib
import shutil
import tempfile
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

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

    def __init__(self) -> None:
        self._path = Path(tempfile.mkdtemp(prefix="sendlog-uploads-"))
        self._taken = 0
        weakref.finalize(self, shutil.rmtree, self._path, ignore_errors=True)

    def take(self, name: str, file: BinaryIO) -> Upload:
        """Copy a dropped file to disk."""
        self._taken += 1
        path = self._path / str(self._taken)
        digest, size_bytes = hashlib.sha256(), 0
        with path.open("wb") as copy:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                size_bytes += copy.write(chunk)
        return Upload(self._taken, one_line(name), path, size_bytes, digest.hexdigest())


def release(file: UploadedFile) -> None:
    """Give back the memory that Streamlit holds a dropped file in, for as long as the session lasts otherwise."""
    context = get_script_run_ctx()
    if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, file.file_id)


def one_line(name: str) -> str:
    """A file name without line breaks and other control characters, which it may hold on some systems."""
    return "".join(character if character.isprintable() else "\ufffd" for character in name) or "unnamed"
