"""Postfix mail logs: what each line tells is kept, and the messages' stories are put together from all files."""

import re
from datetime import datetime, timedelta
from pathlib import Path

from data.intake import LogFile
from data.log_head import Head
from data.readers.reader import ZONE_ASSUMED, Limits, Options, Reading
from data.records import RecordSource, stage_lines
from data.sentences import Sentence
from data.statements import Cursor, run, scalar

_SQL = Path(__file__).parent / "sql"
_MAIL_LINE = re.compile(
    r"^(?:[A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\S*"
    r"|\d{4} [A-Z][a-z]{2} [ \d]?\d \d\d:\d\d:\S+) \S+ postfix\S*\[\d+\]: "
)
_STORY = ("postfix_life", "postfix_hop", "postfix_recipient", "postfix_delivery", "postfix_event")
_YEARS_BACK = 9  # The longest way back to a 29 February is eight years.
_FIRST_YEAR = 1970  # No time before it is read.
_FORGOTTEN = "DELETE FROM postfix_record WHERE source_id = ?"


class Postfix:
    """Syslog files of a Postfix host, rotated as they may be.

    A message lives up to five days and its queue id is used again, so no file can be read alone: see postfix_schema.sql
    for what is kept, and postfix_affected.sql for what a file makes new.
    """

    name = "postfix"
    label = "Postfix mail log"
    validity_hours = 120.0
    ceiling_hours: float | None = None
    tells_engagement = False
    limits = Limits(names_deliveries=False, tells_years=False, tells_late_bounces=False)
    family = name
    schema: Path | None = _SQL / "postfix_schema.sql"

    def detects(self, head: Head) -> bool:
        """True where a line of the first ones is Postfix's; other programs write to the same file."""
        return any(_MAIL_LINE.match(line) for line in head.text.split("\n"))

    def stage(self, cursor: Cursor, log: LogFile, source_id: int, options: Options) -> Reading:
        """Keep the file's records, and stage the events of every message that they have to do with."""
        records = stage_lines(cursor, log, lambda source: _stage_lines(cursor, source), errors="replace")
        _read_times(cursor, log, options)
        run(cursor, "postfix_macros", _SQL)
        run(cursor, "postfix_record", _SQL, source_id=source_id)
        run(cursor, "postfix_affected", _SQL, source_id=source_id)
        _tell_stories(cursor)
        blank = int(scalar(cursor, "SELECT count(*) FROM postfix_line WHERE written_at IS NULL"))
        return Reading(records - blank, *_period(cursor), _notes(cursor, options))

    def forget(self, cursor: Cursor, source_id: int) -> None:
        """Drop the source's records, and stage the events of every message that they had to do with."""
        run(cursor, "postfix_macros", _SQL)
        run(cursor, "postfix_affected", _SQL, source_id=source_id)
        cursor.execute(_FORGOTTEN, [source_id])
        _tell_stories(cursor)


def _stage_lines(cursor: Cursor, source: RecordSource) -> int:
    run(cursor, "postfix_line", _SQL, **source.parameters())
    return int(scalar(cursor, "SELECT count(*) FROM postfix_text"))


def _tell_stories(cursor: Cursor) -> None:
    for step in _STORY:
        run(cursor, step, _SQL)


def _read_times(cursor: Cursor, log: LogFile, options: Options) -> None:
    run(cursor, "postfix_year", _SQL)
    run(
        cursor,
        "postfix_time",
        _SQL,
        first_year=_first_year(cursor, log.modified_at) if options.year is None else options.year,
        timezone=options.timezone or "UTC",
        year_declared=options.year is not None,
        zone_declared=options.timezone is not None,
    )


def _first_year(cursor: Cursor, modified_at: datetime) -> int:
    """The year of the first line: the latest that does not put the last line after the file's own time."""
    last = scalar(cursor, "SELECT arg_max(written_at, line) FROM postfix_line WHERE written_at >= 'A'")
    turns = int(scalar(cursor, "SELECT coalesce(sum(years), 0) FROM postfix_new_year"))
    latest = modified_at + timedelta(days=1)
    years = range(latest.year, latest.year - _YEARS_BACK, -1)
    year = next((year for year in years if last and _is_by(f"{year} {last}", latest)), latest.year)
    return max(_FIRST_YEAR, year - turns)


def _is_by(written: str, latest: datetime) -> bool:
    try:
        return datetime.strptime(written, "%Y %b %d %H:%M:%S") <= latest  # noqa: DTZ007 - a zone matters less than a day
    except ValueError:  # A 29 February, in another year.
        return False


def _period(cursor: Cursor) -> tuple[datetime | None, datetime | None]:
    row = cursor.execute("SELECT min(logged_at), max(logged_at) FROM postfix_time WHERE problem IS NULL").fetchone()
    return row or (None, None)


def _notes(cursor: Cursor, options: Options) -> tuple[Sentence, ...]:
    """What was assumed of the times, where anything was."""
    query = "SELECT max(year), bool_or(time_assumed) FROM postfix_time WHERE problem IS NULL"
    year, assumed = cursor.execute(query).fetchone() or (None, None)
    notes = []
    if assumed and options.timezone is None:
        notes.append(ZONE_ASSUMED)
    if year and options.year is None:
        # A text: a year is not grouped as numbers are.
        notes.append(
            Sentence(
                "Its times name no year and were read as of {year}; import it with --year if that is wrong.",
                year=str(year),
            )
        )
    return tuple(notes)
