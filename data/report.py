"""What an import did, record for record."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

import pandas as pd

from data.answer import Answer
from data.answer_words import answers
from data.answers import source_facts
from data.kept_sentences import kept, sentence_from
from data.quality import Quality
from data.readers.reader import Reading
from data.rejections import recognised
from data.sentences import Sentence, joined, plural_sentence
from data.statements import Cursor, run
from data.store import Store


class Status(StrEnum):
    """What became of a file."""

    IMPORTED = "imported"
    ALREADY_IMPORTED = "already_imported"
    REFUSED = "refused"


@dataclass(frozen=True)
class DeliverySize:
    """A delivery that a file speaks of, with all its messages that the store then knows."""

    delivery_id: str
    label: str
    messages: int


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
    sizes: tuple[DeliverySize, ...] = ()
    """The same deliveries, largest first."""
    first_time: datetime | None = None
    observed_until: datetime | None = None
    has_delivery_feedback: bool = False
    time_assumed: bool = False
    rejections: tuple[tuple[int, str, str], ...] = ()
    """The first rejected records: line, text, reason."""
    quality: Quality | None = None
    """The findings, of a dry run."""
    columns: tuple[str, ...] = ()
    """The columns of a table of no known format, to which a mapping can give a meaning."""
    notes: tuple[Sentence, ...] = ()
    """The sentences of the message that tell what was assumed and what is missing."""
    answers: tuple[Answer, ...] = ()
    """What the file can answer of the messages that it speaks of."""

    def as_json(self) -> dict[str, object]:
        """The report as `import --json` prints it."""
        told = asdict(self) | {"deliveries": list(self.deliveries)}
        left_out = {"sizes", "rejections", "columns", "notes", "quality"}
        return {key: value for key, value in told.items() if key not in left_out}


COUNTS = ("records", "used", "duplicates", "rejected", "ignored", "events", "contradictions", "unknown")
_KEPT_IN_MEMORY = 1000


def import_report(cursor: Cursor, source_id: int, reading: Reading) -> ImportReport:
    """Count what the import of a source did, from what it left in the temporary tables and the store."""
    row = run(
        cursor, "import_report", source_id=source_id, records=reading.records, tells_once=reading.tells_once
    ).fetchdf()
    told = row.to_dict("records")[0]
    counts = {name: int(told[name]) for name in COUNTS}
    return ImportReport(
        told["name"],
        told["format"],
        Status.IMPORTED,
        joined(summary(told["name"], counts), *_commonest_rejection(cursor), *reading.notes),
        source_id,
        **counts,
        columns=(),
        quality=None,
        deliveries=tuple(told["deliveries"]),
        sizes=tuple(DeliverySize(**size) for size in told["sizes"]),
        first_time=_moment(told["first_time"]),
        observed_until=_moment(told["observed_until"]),
        has_delivery_feedback=bool(told["has_delivery_feedback"]),
        time_assumed=bool(told["time_assumed"]),
        rejections=tuple(
            cursor.execute(
                "SELECT line, text, reason FROM staged_rejection ORDER BY line LIMIT ?", [_KEPT_IN_MEMORY]
            ).fetchall()
        ),
        notes=reading.notes,
        answers=answers(source_facts(cursor, source_id)),
    )


def summary(name: str, counts: Mapping[str, int]) -> Sentence:
    """The first sentence of a report's message: what became of the records."""
    told = {
        "used": Sentence("{count} used", count=counts["used"]),
        "duplicates": Sentence("{count} duplicates", count=counts["duplicates"]),
        "rejected": Sentence("{count} rejected", count=counts["rejected"]),
        "ignored": Sentence("{count} ignored", count=counts["ignored"]),
    }
    records = plural_sentence("{count} record", "{count} records", counts["records"])
    parts = [records, *(part for name, part in told.items() if counts[name] or name == "used")]
    return Sentence("{name}: {parts}.", name=name, parts=joined(*parts, by=", "))


def write_report(cursor: Cursor, report: ImportReport) -> None:
    """Keep the report and the rejected lines with the source, and raise the store's data version."""
    cursor.execute("INSERT INTO rejected_line SELECT ?, line, text, reason FROM staged_rejection", [report.source_id])
    figures = {name: getattr(report, name) for name in (*COUNTS, "message", "first_time", "observed_until")}
    run(cursor, "source_report", source_id=report.source_id, **figures)
    if isinstance(report.message, Sentence):
        cursor.execute("INSERT INTO source_sentence VALUES (?, ?)", [report.source_id, kept(report.message)])


def kept_message(store: Store, source_id: int) -> Sentence | None:
    """The message of a source's import report as a sentence; none for a source of an older store."""
    with store.cursor() as cursor:
        row = cursor.execute("SELECT message FROM source_sentence WHERE source_id = ?", [source_id]).fetchone()
    return sentence_from(row[0]) if row else None


def _moment(value: pd.Timestamp) -> datetime | None:
    return None if pd.isna(value) else value.to_pydatetime()


def _commonest_rejection(cursor: Cursor) -> list[Sentence]:
    query = "SELECT reason, count(*) AS n FROM staged_rejection GROUP BY reason ORDER BY n DESC, reason"
    reasons = cursor.execute(query).fetchall()
    if not reasons:
        return []
    reason, count = reasons[0]
    if len(reasons) == 1:
        return [Sentence("Rejected because {reason}.", reason=recognised(reason))]
    return [Sentence("Mostly rejected ({count}) because {reason}.", reason=recognised(reason), count=count)]
