"""The import of a log: detect, read, store, fold, count; one transaction and one report per file."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from data.arrival import store_staged, take_out_retold, touch
from data.errors import LogRefusedError, LogUnreadableError, LogUnrecognisedError
from data.fold import fold
from data.intake import LogFile, opened_log, parts
from data.joining import join_loose, note_affected, waiting
from data.json_lines import in_lines, scanned
from data.mapping.columns import columns_of
from data.mapping.mapped import MAPPED
from data.mapping.saved import mapping_for
from data.mending import texts_of_lines
from data.quality import quality_of
from data.readers.reader import Options, Reader, Reading
from data.readers.registry import FORMATS, reader_for, reader_named, recognised_reader
from data.records import JsonDamagedError, LogDamagedError
from data.report import ImportReport, Status, import_report, write_report
from data.sentences import Sentence, plural_sentence
from data.settings import temporary_directory
from data.store import Cursor, Store, run, scalar, told_failures

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
            return _imported(store, _Task(log, reader, options, progress), dry_run=dry_run)
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


@dataclass(frozen=True)
class _Task:
    log: LogFile
    reader: Reader
    options: Options
    progress: Progress


class _DryRunEnd(Exception):  # noqa: N818 - not an error: the way to take work back
    """Takes the work of a dry run back."""

    def __init__(self, report: ImportReport) -> None:
        super().__init__()
        self.report = report


def _imported(store: Store, task: _Task, *, dry_run: bool) -> ImportReport:
    try:
        with store.transaction() as cursor:
            report = _known(cursor, task.log) or _stored(cursor, task)
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


def _stored(cursor: Cursor, task: _Task) -> ImportReport:
    log = task.log
    source_id = int(scalar(cursor, "SELECT nextval('source_number')"))
    prepare(cursor)
    task.progress(Sentence("Reading the records"))
    _write_source(cursor, task, source_id)
    reading = _read(cursor, task, source_id)
    if not reading.records:
        raise LogRefusedError(
            Sentence("{name} holds no records below its header; export the log again.", name=log.name)
        )
    _tell_rejections(cursor, log)
    task.progress(Sentence("Storing the events"))
    touch(cursor, source_id)
    period = {"first_time": reading.first_time, "observed_until": reading.observed_until}
    run(cursor, "source_period", source_id=source_id, **period)
    fold(cursor, source_id, task.progress, tells_once=reading.tells_once)
    report = import_report(cursor, source_id, reading)
    write_report(cursor, report)
    return report


def _read(cursor: Cursor, task: _Task, source_id: int) -> Reading:
    """Read and store the events, part by part where the reader can."""
    is_direct = task.reader.schema is None
    prepare_staging(cursor, task.reader)
    readings = []
    for part in parts(task.log) if is_direct and task.log.is_sound else [task.log]:
        readings.append(task.reader.stage(cursor, part, source_id, task.options))
        take_out_retold(cursor)
        store_staged(cursor, task.reader.family, readings[-1].lines_before)
    if is_direct and task.options.delivery is not None:
        _check_one_delivery(cursor, task.log, task.options.delivery)
    records = sum(reading.records for reading in readings)
    notes = [note for reading in readings for note in reading.notes]
    if note_affected(cursor, task.reader.family, source_id):
        join_loose(cursor, task.reader, source_id)
        notes += _waiting_notes(waiting(cursor, source_id))
    return replace(readings[-1], records=records, notes=tuple(dict.fromkeys(notes)))


def _waiting_notes(records: int) -> list[Sentence]:
    told = plural_sentence(
        "{count} record names no message or recipient that is known yet and will count once the log that tells it is "
        "imported.",
        "{count} records name no message or recipient that is known yet and will count once the log that tells it is "
        "imported.",
        records,
    )
    return [told] if records else []


def _check_one_delivery(cursor: Cursor, log: LogFile, declared: str) -> None:
    query = "SELECT count(DISTINCT delivery_id) FROM staged_delivery WHERE delivery_id <> ?"
    named = int(scalar(cursor, query, [declared]))
    if named > 1:
        raise LogRefusedError(
            Sentence(
                "{name} names {count} deliveries itself; import it without --delivery.", name=log.name, count=named
            )
        )


def prepare(cursor: Cursor) -> None:
    """Create the temporary tables of an import, the macros, and the tables that deriving readers keep."""
    run(cursor, "staging")
    run(cursor, "macros")
    run(cursor, "format_validity")
    for reader in FORMATS:
        cursor.execute(
            "INSERT INTO format_validity VALUES (?, ?, ?, ?, ?)",
            [reader.name, reader.family, reader.validity_hours, reader.ceiling_hours, reader.tells_engagement],
        )
        if reader.schema:
            cursor.execute(reader.schema.read_text("utf-8"))


def prepare_staging(cursor: Cursor, reader: Reader) -> None:
    """Create the table that a deriving reader fills; a direct one holds its rows under that name."""
    if reader.schema:
        run(cursor, "staged_event")


def _tell_rejections(cursor: Cursor, log: LogFile) -> None:
    """Give the rejected records their texts, from the file."""
    lines = cursor.execute("SELECT DISTINCT line FROM staged_rejection WHERE text IS NULL ORDER BY line").fetchall()
    texts = list(texts_of_lines(log.path, [line for (line,) in lines]))
    if texts:
        run(cursor, "rejection_text", lines=[line for line, _ in texts], texts=[text for _, text in texts])


def _write_source(cursor: Cursor, task: _Task, source_id: int) -> None:
    log, options = task.log, task.options
    run(
        cursor,
        "source",
        source_id=source_id,
        name=log.name,
        format=task.reader.name,
        content_hash=log.content_hash,
        size_bytes=log.size_bytes,
        imported_at=datetime.now(UTC).replace(tzinfo=None),
        timezone=options.timezone,
        year=options.year,
        efs=options.efs,
        delivery_label=options.delivery,
        validity_hours=options.validity_hours,
        gap_minutes=options.gap_minutes,
    )
    for word, kind in options.meanings.items():
        cursor.execute("INSERT INTO meaning VALUES (?, ?, ?)", [source_id, word, kind])
