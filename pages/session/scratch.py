"""Where files stand while they are being written."""

from pathlib import Path

from data import settings


def scratch_folder() -> Path:
    """The folder for temporary files of the store that is open; it is there."""
    folder = settings.temporary_directory(settings.store_path())
    folder.mkdir(parents=True, exist_ok=True)
    return folder
