"""A recognised log on its way into the store: its source, its events, their fold, and the report of all that."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from data.arrival import store_staged, take_out_retold, touch
from data.errors import LogRefusedError
from data.fold import fold
from data.intake import LogFile, parts
from data.joining import join_loose, note_affected, waiting
from data.mending import texts_of_lines
from data.preparation import prepare, prepare_staging
from data.readers.reader import Options, Reader, Reading
from data.report import ImportReport, import_report, write_report
from data.sentences import Sentence, plural_sentence
from data.statements import Cursor, run, scalar


@dataclass(frozen=True)
class ImportTask:
    """A log to be stored, and how it is read."""

    log: LogFile
    reader: Reader
    options: Options
    progress: Callable[[str], None]
    """Told what is being done now, before it is done."""


def stored(cursor: Cursor, task: ImportTask) -> ImportReport:
    """Store what a log tells, and fold and count what it touches, within the transaction. Raises LogRefusedError."""
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


def _read(cursor: Cursor, task: ImportTask, source_id: int) -> Reading:
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


def _tell_rejections(cursor: Cursor, log: LogFile) -> None:
    """Give the rejected records their texts, from the file."""
    lines = cursor.execute("SELECT DISTINCT line FROM staged_rejection WHERE text IS NULL ORDER BY line").fetchall()
    texts = list(texts_of_lines(log.path, [line for (line,) in lines]))
    if texts:
        run(cursor, "rejection_text", lines=[line for line, _ in texts], texts=[text for _, text in texts])


def _write_source(cursor: Cursor, task: ImportTask, source_id: int) -> None:
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
