"""A file on its way in: decompressed, hashed, its first bytes looked at. Nothing is known of formats here."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from data.errors import LogUnreadableError
from data.log_head import Head, head_of
from data.measuring import Cut, copy_range, measured
from data.sentences import Sentence
from data.temporary import folder_in, unusable
from data.unpacking import plain_copy


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
    cuts: tuple[Cut, ...]
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
        found = measured(path)
        return replace(
            self,
            path=path,
            size_bytes=found.size_bytes,
            lines=found.lines,
            cuts=found.cuts,
            is_sound=not found.holds_nul,
            head=head_of(path),
        )


def parts(log: LogFile) -> Iterator[LogFile]:
    """The file in parts of whole lines, one after the other; each is there until the next is asked for."""
    if not log.cuts:
        yield log
        return
    cuts = [Cut(0, 0), *log.cuts, Cut(log.size_bytes, log.lines)]
    for start, end in pairwise(cuts):
        path = log.spool / "part"
        copy_range(log.path, path, start.offset, end.offset)
        yield replace(log, path=path, lines=end.lines - start.lines, lines_before=start.lines, cuts=())


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
    found = measured(plain)
    head = head_of(plain)
    if not found.size_bytes:
        raise LogUnreadableError(Sentence("{name} is empty; export the log again.", name=name))
    if not found.lines_ended and "\r" in head.text.strip() and not head.is_binary:
        raise LogUnreadableError(
            Sentence("{name} ends its lines with carriage returns alone; save it with line feeds.", name=name)
        )
    modified_at = datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(tzinfo=None)
    return LogFile(
        name,
        plain,
        spool,
        found.digest,
        found.size_bytes,
        found.lines,
        found.cuts,
        0,
        not found.holds_nul,
        False,
        head,
        modified_at,
    )
