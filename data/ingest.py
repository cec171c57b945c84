"""The import of a log: detect, read, store, fold, count; one transaction and one report per file."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from data.errors import LogRefusedError, LogUnreadableError, LogUnrecognisedError
from data.intake import LogFile, opened_log
from data.json_lines import in_lines, scanned
from data.mapping.columns import columns_of
from data.mapping.mapped import MAPPED
from data.mapping.saved import mapping_for
from data.quality import quality_of
from data.readers.reader import Options, Reader
from data.readers.registry import reader_for, reader_named, recognised_reader
from data.records import JsonDamagedError, LogDamagedError
from data.report import ImportReport, Status
from data.sentences import Sentence
from data.settings import temporary_directory
from data.statements import Cursor, run, scalar
from data.store import Store, told_failures
from data.storing import ImportTask, stored

# Told what is being done now, before it is done. It may raise ImportCancelledError.
Progress = Callable[[str], None]


def import_log(
    store: Store,
    path: Path,
    options: Options | None = None,
    *,
    name: str | None = None,
    format_name: str | None = None,
    dry_run: bool = False,
    progress: Progress = lambda _: None,
) -> ImportReport:
    """Import one log file, wholly or not at all; a dry run reports the same and keeps nothing.

    name: what to call the source, if not by its file name. What cannot be imported is reported as refused.
    Raises ImportCancelledError if progress does, and StoreLockedError and its like for trouble with the store.
    """
    name = (name or path.name).encode("utf-8", "replace").decode()
    options = options or Options()
    try:
        progress(Sentence("Reading the file"))
        with told_failures(), opened_log(path, name, temporary_directory(store.path)) as plain:
            _check_zone(store, options)
            with store.cursor() as cursor:
                log = in_lines(cursor, plain)
                reader, options = _reader_of(cursor, log, options, format_name)
            return _imported(store, ImportTask(log, reader, options, progress), dry_run=dry_run)
    except LogUnrecognisedError as error:
        return ImportReport(name, None, Status.REFUSED, error.args[0], columns=error.columns)
    except (LogRefusedError, LogUnreadableError) as error:
        return ImportReport(name, format_name, Status.REFUSED, error.args[0])


def _reader_of(cursor: Cursor, log: LogFile, options: Options, format_name: str | None) -> tuple[Reader, Options]:
    """The reader of a log, and the options with the mapping that it needs where it has none of its own format."""
    if format_name:
        return reader_named(format_name), options
    mapping = options.mapping or (None if recognised_reader(log) else mapping_for(cursor, columns_of(log.head)))
    return (MAPPED, replace(options, mapping=mapping)) if mapping else (reader_for(log), options)


class _DryRunEnd(Exception):  # noqa: N818 - not an error: the way to take work back
    """Takes the work of a dry run back."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__()
        self.report = report


def _imported(store: Store, task: ImportTask, *, dry_run: bool) -> ImportReport:
    try:
        with store.transaction() as cursor:
            report = _known(cursor, task.log) or stored(cursor, task)
            if dry_run:
                raise _DryRunEnd(_examined(cursor, report))  # noqa: TRY301 - an error takes the transaction back
            return report
    except _DryRunEnd as end:
        return end.report
    except JsonDamagedError:
        return _imported(store, replace(task, log=scanned(task.log)), dry_run=dry_run)
    except LogDamagedError:
        return _imported(store, replace(task, log=replace(task.log, is_sound=False)), dry_run=dry_run)


def _examined(cursor: Cursor, report: ImportReport) -> ImportReport:
    """The report of a dry run, with what is worth knowing of the file."""
    if report.status is not Status.IMPORTED or report.source_id is None:
        return report
    return replace(report, quality=quality_of(cursor, report.source_id, report.records))


def _check_zone(store: Store, options: Options) -> None:
    with store.cursor() as cursor:
        known = scalar(cursor, "SELECT count(*) FROM pg_timezone_names() WHERE name = ?", [options.timezone])
    if options.timezone is not None and not known:
        raise LogRefusedError(
            Sentence("There is no time zone {zone}; use a name such as Europe/Stockholm.", zone=options.timezone)
        )


def _known(cursor: Cursor, log: LogFile) -> ImportReport | None:
    """The report of a file that was imported before; one of which nothing could be used may be tried again."""
    row = cursor.execute(
        "SELECT source_id, name, format, rejected = records AS is_useless FROM source WHERE content_hash = ?",
        [log.content_hash],
    ).fetchone()
    if row is None:
        return None
    if row[3]:
        run(cursor, "useless_source", source_id=row[0])
        return None
    return ImportReport(log.name, row[2], Status.ALREADY_IMPORTED, _told_before(log.name, row[1]), row[0])


def _told_before(name: str, former_name: str) -> Sentence:
    if name == former_name:
        return Sentence(
            "{name} was imported before; nothing was added. To read it otherwise, remove that source.", name=name
        )
    return Sentence(
        "{name} was imported before as {former_name}; nothing was added. To read it otherwise, remove that source.",
        name=name,
        former_name=former_name,
    )
