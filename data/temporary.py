"""Folders for what is not kept: uploads, unpacked logs, exports, and what does not fit into memory."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from data.errors import StoreFailedError
from data.sentences import Sentence


def made(folder: Path) -> Path:
    """The folder, which is made if it is missing. Raises StoreFailedError where there can be none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unusable(error) from error
    return folder


@contextmanager
def folder_in(temporary: Path) -> Iterator[Path]:
    """A folder of its own for the block, in one that is made if it is missing and goes with the last.

    Raises StoreFailedError where there can be none.
    """
    with _new_folder(temporary) as folder:
        yield Path(folder)
    with suppress(OSError):
        temporary.rmdir()


def _new_folder(temporary: Path) -> tempfile.TemporaryDirectory[str]:
    try:
        return tempfile.TemporaryDirectory(dir=made(temporary), prefix="log-")
    except OSError as error:
        raise unusable(error) from error


def unusable(error: OSError) -> StoreFailedError:
    """What is said where the folder for temporary files is missing, full or forbidden."""
    return StoreFailedError(
        Sentence(
            "The folder for temporary files cannot be used ({why}) and nothing was kept; make room on its disk, or "
            "name another folder with SENDLOG_TEMP.",
            why=error.strerror or str(error),
        )
    )
