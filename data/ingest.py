"""The import of a log: detect, read, store, fold, count; one transaction and one report per file."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import duckdb
import pandas

from data.errors import ImportCancelledError, LogRefusedError, LogUnreadableError
from data.fold import fold
from data.intake import LogFile, opened_log
from data.readers.reader import Options, Reader, Reading
from data.readers.registry import READERS, reader_for, reader_named
from data.records import LogDamagedError, texts_of_lines
from data.store import Cursor, Store, run, scalar

# Told what is being done now, before it is done. It may raise ImportCancelledError.
Progress = Callable[[str], None]


class Status(StrEnum):
    """What became of a file."""

    IMPORTED = "imported"
    ALREADY_IMPORTED = "already_imported"
    REFUSED = "refused"


@dataclass(frozen=True)
class ImportReport:
    """What an import did; records = used + duplicates + rejected + ignored."""

    source: str
    format: str | None
    status: Status
    message: str
    source_id: int | None = None
    records: int = 0
    used: int = 0
    duplicates: int = 0
    rejected: int = 0
    ignored: int = 0
    events: int = 0
    contradictions: int = 0
    unknown: int = 0
    deliveries: tuple[str, ...] = ()
    """Ids of the deliveries that the file speaks of."""
    first_time: datetime | None = None
    observed_until: datetime | None = None
    has_delivery_feedback: bool = False
    time_assumed: bool = False
    rejections: tuple[tuple[int, str, str], ...] = ()
    """The first rejected records: line, text, reason."""
    notes: tuple[str, ...] = ()
    """The sentences of the message that tell what was assumed and what is missing."""

    def as_json(self) -> dict[str, object]:
        """The report as `import --json` prints it."""
        told = asdict(self) | {"deliveries": list(self.deliveries)}
        return {key: value for key, value in told.items() if key not in {"rejections", "notes"}}


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
    name = name or path.name
    try:
        progress("Reading the file")
        with opened_log(path, name) as log:
            return _import(store, log, options or Options(), format_name, dry_run, progress)
    except (LogRefusedError, LogUnreadableError) as error:
        return ImportReport(name, format_name, Status.REFUSED, str(error))


class _DryRunEnd(Exception):  # noqa: N818 - not an error: the way to take work back
    """Takes the work of a dry run back."""


def _import(
    store: Store, log: LogFile, options: Options, format_name: str | None, dry_run: bool, progress: Progress
) -> ImportReport:
    _check_zone(options)
    reader = reader_named(format_name) if format_name else reader_for(log)
    try:
        return _attempt(store, log, reader, options, dry_run, progress)
    except LogDamagedError:
        return _attempt(store, replace(log, is_sound=False), reader, options, dry_run, progress)


def _attempt(
    store: Store, log: LogFile, reader: Reader, options: Options, dry_run: bool, progress: Progress
) -> ImportReport:
    report = None
    try:
        with store.transaction() as cursor:
            report = _known(cursor, log) or _stored(cursor, log, reader, options, progress)
            if dry_run:
                raise _DryRunEnd
    except _DryRunEnd:
        pass
    except duckdb.InterruptException as error:
        raise ImportCancelledError(f"The import of {log.name} was stopped; nothing of it was kept.") from error
    assert report is not None  # noqa: S101 - set by every way out of the block but an error
    return report


def _check_zone(options: Options) -> None:
    try:
        ZoneInfo(options.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise LogRefusedError(
            f"There is no time zone {options.timezone}; use a name such as Europe/Stockholm."
        ) from error


def _known(cursor: Cursor, log: LogFile) -> ImportReport | None:
    row = cursor.execute(
        "SELECT source_id, name, format FROM source WHERE content_hash = ?", [log.content_hash]
    ).fetchone()
    if row is None:
        return None
    message = (
        f"{log.name} was imported before as {row[1]}; nothing was added. To read it otherwise, remove that source."
    )
    return ImportReport(log.name, row[2], Status.ALREADY_IMPORTED, message, row[0])


def _stored(cursor: Cursor, log: LogFile, reader: Reader, options: Options, progress: Progress) -> ImportReport:
    source_id = int(scalar(cursor, "SELECT nextval('source_number')"))
    prepare(cursor)
    progress("Reading the records")
    _write_source(cursor, log, reader, options, source_id)
    reading = reader.stage(cursor, log, source_id, options)
    _collect_rejections(cursor, log)
    run(
        cursor,
        "source_period",
        source_id=source_id,
        first_time=reading.first_time,
        observed_until=reading.observed_until,
    )
    contradictions = int(scalar(cursor, "SELECT count(*) FROM contradiction"))
    fold(cursor, source_id, progress)
    report = _report(cursor, log, reader, source_id, reading, contradictions)
    _write_report(cursor, source_id, report)
    return report


def prepare(cursor: Cursor) -> None:
    """Create the temporary tables of an import, the macros, and the tables that deriving readers keep."""
    run(cursor, "staging")
    run(cursor, "macros")
    run(cursor, "format_validity")
    for reader in READERS:
        cursor.execute(
            "INSERT INTO format_validity VALUES (?, ?, ?)", [reader.name, reader.validity_hours, reader.ceiling_hours]
        )
        if reader.schema:
            cursor.execute(reader.schema.read_text("utf-8"))


def _collect_rejections(cursor: Cursor, log: LogFile) -> None:
    run(cursor, "collected_rejection")
    lines = cursor.execute("SELECT DISTINCT line FROM staged_rejection WHERE text IS NULL ORDER BY line").fetchall()
    texts = list(texts_of_lines(log.path, [line for (line,) in lines]))
    if texts:
        run(cursor, "rejection_text", lines=[line for line, _ in texts], texts=[text for _, text in texts])


def _write_source(cursor: Cursor, log: LogFile, reader: Reader, options: Options, source_id: int) -> None:
    run(
        cursor,
        "source",
        source_id=source_id,
        name=log.name,
        format=reader.name,
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


def _report(
    cursor: Cursor, log: LogFile, reader: Reader, source_id: int, reading: Reading, contradictions: int
) -> ImportReport:
    if not reading.records:
        raise LogRefusedError(f"{log.name} holds no records below its header; export the log again.")
    row = run(cursor, "import_report", source_id=source_id, contradictions=contradictions).fetchdf().iloc[0]
    rejections = cursor.execute("SELECT line, text, reason FROM staged_rejection ORDER BY line LIMIT 1000").fetchall()
    counts = {
        name: int(row[name]) for name in ("used", "duplicates", "rejected", "events", "contradictions", "unknown")
    }
    counts |= {"records": reading.records}
    counts["ignored"] = counts["records"] - counts["used"] - counts["duplicates"] - counts["rejected"]
    return ImportReport(
        log.name,
        reader.name,
        Status.IMPORTED,
        " ".join([_summary(log.name, counts), *reading.notes]),
        source_id,
        **counts,
        deliveries=tuple(row.deliveries),
        first_time=_moment(row.first_time),
        observed_until=_moment(row.observed_until),
        has_delivery_feedback=bool(row.has_delivery_feedback),
        time_assumed=bool(row.time_assumed),
        rejections=tuple(rejections),
        notes=reading.notes,
    )


def _moment(value: Any) -> datetime | None:
    return None if pandas.isna(value) else value.to_pydatetime()


def _summary(name: str, counts: dict[str, int]) -> str:
    parts = [f"{counts['records']:,} records, {counts['used']:,} used"]
    parts += [f"{counts[key]:,} {key}" for key in ("duplicates", "rejected", "ignored") if counts[key]]
    return f"{name}: {', '.join(parts)}."


def _write_report(cursor: Cursor, source_id: int, report: ImportReport) -> None:
    cursor.execute("INSERT INTO rejected_line SELECT ?, line, text, reason FROM staged_rejection", [source_id])
    names = ("records", "used", "duplicates", "rejected", "ignored", "events", "contradictions", "unknown")
    figures = {name: getattr(report, name) for name in (*names, "message", "first_time", "observed_until")}
    run(cursor, "source_report", source_id=source_id, **figures)
