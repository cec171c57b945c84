"""Folders and .zip files: the logs in them, each imported as if it had been named itself."""

import shutil
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from data.errors import LogUnreadableError
from data.ingest import import_log
from data.readers.reader import Options
from data.report import ImportReport, Status
from data.sentences import Sentence
from data.settings import temporary_directory
from data.store import Store
from data.temporary import folder_in

_ZIP = b"PK\x03\x04"
_SPREADSHEET = "[Content_Types].xml"
_CLUTTER = ("__MACOSX", ".")


def import_logs(
    store: Store, path: Path, options: Options | None = None, *, format_name: str | None = None, dry_run: bool = False
) -> list[ImportReport]:
    """Import the log, or every log of a folder or a .zip; one report each, as data.ingest.import_log gives it.

    What cannot be unpacked is reported as refused, beside what could be.
    """
    reports: list[ImportReport] = []
    try:
        for log, name in logs_in(path, path.name, temporary_directory(store.path)):
            reports.append(import_log(store, log, options, name=name, format_name=format_name, dry_run=dry_run))
    except LogUnreadableError as error:
        reports.append(ImportReport(path.name, format_name, Status.REFUSED, str(error)))
    return reports


def logs_in(path: Path, name: str, temporary: Path) -> Iterator[tuple[Path, str]]:
    """The log files that a path stands for, with their names: itself, or what a folder or a .zip holds, in order.

    What is unpacked goes to the folder `temporary` and is there until the next one is asked for. Hidden files are left
    out. Raises LogUnreadableError where nothing is in it, or it cannot be unpacked.
    """
    if path.is_dir():
        yield from _in_folder(path, name, temporary)
    elif is_zip(path):
        yield from _in_zip(path, name, temporary)
    else:
        yield path, name


def _in_folder(folder: Path, name: str, temporary: Path) -> Iterator[tuple[Path, str]]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not _is_clutter(path.relative_to(folder))]
    if not files:
        raise LogUnreadableError(
            Sentence("{name} is a folder without files; name the one that holds the logs.", name=name)
        )
    for path in files:
        yield from logs_in(path, f"{name}/{path.relative_to(folder)}", temporary)


def _in_zip(path: Path, name: str, temporary: Path) -> Iterator[tuple[Path, str]]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if any(member.filename == _SPREADSHEET for member in members):
                raise LogUnreadableError(Sentence("{name} is a spreadsheet; save it as CSV.", name=name))
            members = [member for member in members if not _is_clutter(Path(member.filename))]
            if not members:
                raise LogUnreadableError(Sentence("{name} holds no files; export the logs again.", name=name))
            for member in members:
                yield from _unpacked(archive, member, f"{name}/{member.filename}", temporary)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise LogUnreadableError(
            Sentence("{name} is a damaged .zip file, or packed in a way that is not read.", name=name)
        ) from error


def _unpacked(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, temporary: Path
) -> Iterator[tuple[Path, str]]:
    if member.flag_bits & 1:
        raise LogUnreadableError(Sentence("{name} is encrypted; unpack the .zip and import the files.", name=name))
    with folder_in(temporary) as folder:
        target = folder / "log"  # Never by its own name, which may lead elsewhere.
        with archive.open(member) as packed, target.open("wb") as file:
            shutil.copyfileobj(packed, file, 1 << 20)
        yield from logs_in(target, name, temporary)


def is_zip(path: Path) -> bool:
    """Whether a file is a .zip, by its first bytes."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_ZIP)) == _ZIP


def _is_clutter(path: Path) -> bool:
    return any(part.startswith(_CLUTTER) for part in path.parts)
