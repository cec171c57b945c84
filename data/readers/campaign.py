"""Adobe Campaign's sending logs, exported by "Export list" or by a workflow's "Extract file".

An export is a snapshot, one row per message with its last status, so this is a deriving reader: the rows of all exports
are kept, and the events of a message follow from all of them.
"""

from functools import partial
from pathlib import Path
from typing import Any

from data.errors import LogRefusedError
from data.intake import LogFile
from data.log_head import Head
from data.readers.campaign_notes import Finding, notes
from data.readers.campaign_words import COLUMN_NAMED, MEANINGS, STATUS_NAMED, TYPE_OF_REASON, plain
from data.readers.reader import Limits, Options, Reading
from data.records import RecordSource, stage_rows
from data.sentences import Sentence
from data.statements import Cursor, run, scalar
from data.tables import Header, fields, header_of

_DETECTED_LINES = 200
_SQL = Path(__file__).parent / "sql"


class Campaign:
    """Rows under a header of Campaign's headings or technical names, in any order; further columns are left alone."""

    name = "campaign"
    label = "Adobe Campaign sending-log export"
    validity_hours = 84.0
    ceiling_hours: float | None = 84.0
    tells_engagement = False
    limits = Limits(
        tells_course=False,
        is_called_after_file=True,
        leaves_efs_open=True,
        engagement_log=Sentence("Campaign's tracking log"),
    )
    family = name
    schema: Path | None = _SQL / "campaign_schema.sql"

    def detects(self, head: Head) -> bool:
        """True where the columns are named that it cannot do without, and half of the statuses are Campaign's."""
        header = header_of(head)
        columns = _columns(header)
        if _missing(columns) or "kind" in columns:
            return False
        place = columns.index("status")
        lines = head.text.split("\n")[1 : _DETECTED_LINES + 1]
        rows = [row for line in lines if len(row := fields(line, header.delimiter)) > place]
        known = sum(plain(row[place]) in STATUS_NAMED for row in rows)
        return known * 2 >= len(rows)

    def stage(self, cursor: Cursor, log: LogFile, source_id: int, options: Options) -> Reading:
        """Keep the rows and stage the events of every message that they name, from all exports."""
        header = header_of(log.head)
        columns, quote = _columns(header), _quote(log.head, header.delimiter)
        if missing := _missing(columns):
            raise LogRefusedError(
                Sentence(
                    "{name} has no column for the {missing}; a sending-log export needs it.",
                    name=log.name,
                    missing=missing,
                )
            )
        records = stage_rows(cursor, log, header.delimiter, columns, partial(_stage_texts, cursor), quote=quote)
        unnamed_id = _unnamed_id(cursor, log, options)
        _understand(cursor, options)
        run(cursor, "campaign_reading", _SQL, source_id=source_id)
        _keep_rows(cursor, source_id, options, unnamed_id)
        _stage_events(cursor, source_id)
        finding = Finding(*_row(run(cursor, "campaign_finding", _SQL, source_id=source_id)))
        said = notes(finding, options, records, unnamed_id)
        return Reading(records, finding.first_time, finding.exported_at, said)

    def forget(self, cursor: Cursor, source_id: int) -> None:
        """Drop a source's rows, and stage what the other exports tell of their messages."""
        run(cursor, "campaign_reading", _SQL, source_id=source_id)
        run(cursor, "campaign_forget", _SQL, source_id=source_id)
        _stage_events(cursor, source_id)


def _columns(header: Header) -> list[str]:
    """The columns of a file, unique: each by its own name if known, else by its place."""
    known = {*COLUMN_NAMED.values(), "kind"}
    return header.columns(lambda name: name if (name := COLUMN_NAMED.get(plain(name), plain(name))) in known else None)


def _quote(head: Head, delimiter: str) -> str:
    """The quote of a file. "Extract file" writes tabs and no quotes, so that a quote there may be a plain character."""
    if delimiter != "\t":
        return '"'
    is_quoted = any(
        len(field) > 1 and field[0] == field[-1] == '"' for line in head.lines for field in line.split("\t")
    )
    return '"' if is_quoted else ""


def _missing(columns: list[str]) -> Sentence | None:
    """The first column that a sending log cannot do without."""
    for name in (Sentence("status"), Sentence("address")):
        if name not in columns:
            return name
    return None if {"changed_at", "modified_at"} & set(columns) else Sentence("date")


def _stage_texts(cursor: Cursor, source: RecordSource) -> int:
    run(cursor, "campaign_text", _SQL, **source.parameters())
    return int(scalar(cursor, "SELECT count(*) FROM campaign_text"))


def _unnamed_id(cursor: Cursor, log: LogFile, options: Options) -> str | None:
    """The id of the delivery of a file that names none. Raises LogRefusedError if --delivery is to label several."""
    named = int(scalar(cursor, "SELECT count(DISTINCT coalesce(delivery_id, delivery_label)) FROM campaign_text"))
    if options.delivery and named > 1:
        raise LogRefusedError(
            Sentence(
                "{name} names {count} deliveries, so --delivery cannot label them; leave it out.",
                name=log.name,
                count=named,
            )
        )
    return None if named else options.delivery or Path(log.name.removesuffix(".gz")).stem


def _understand(cursor: Cursor, options: Options) -> None:
    """Give every word and every date of the file its meaning, once each."""
    written = run(cursor, "campaign_written", _SQL).fetchall()
    run(
        cursor,
        "campaign_word",
        _SQL,
        names=[name for name, _ in written],
        written=[text for _, text in written],
        meanings=[MEANINGS[name].get(plain(text)) for name, text in written],
    )
    zone_declared = options.timezone is not None
    run(cursor, "campaign_moment", _SQL, timezone=options.timezone or "UTC", zone_declared=zone_declared)


def _keep_rows(cursor: Cursor, source_id: int, options: Options, unnamed_id: str | None) -> None:
    run(
        cursor,
        "campaign_row",
        _SQL,
        source_id=source_id,
        unnamed_id=unnamed_id,
        delivery_label=options.delivery,
        efs=options.efs,
        typed_reasons=list(TYPE_OF_REASON),
        reason_types=list(TYPE_OF_REASON.values()),
    )


def _stage_events(cursor: Cursor, source_id: int) -> None:
    for name in ("campaign_event", "campaign_change", "campaign_again"):
        run(cursor, name, _SQL, source_id=source_id)


def _row(cursor: Cursor) -> tuple[Any, ...]:
    row = cursor.fetchone()
    assert row is not None  # noqa: S101 - the statement aggregates
    return row
