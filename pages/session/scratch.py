"""Where files stand while they are being written."""

from pathlib import Path

from data import settings
from data.temporary import made


def scratch_folder() -> Path:
    """The folder for temporary files of the store that is open; it is there."""
    return made(settings.temporary_directory(settings.store_path()))
