"""What is worth knowing of a file before it is trusted: the findings of a dry run, each with its rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import pandas as pd

from data.doors import iso, plain
from data.sentences import Sentence
from data.statements import Cursor, run

MOST_ROWS = 10_000
"""Of each finding, this many rows are shown; all are counted."""
COLUMNS = ("line", "delivery_id", "message_id", "recipient", "event_time", "kind", "reason", "detail")
_MASKED_RECIPIENT = r"^(.)[\s\S]*(@[^@]*)$|^(.)[\s\S]*$", r"\1\3***\2"
# A word that an @ ends. It begins behind a sign, so that long texts without an @ are looked at once.
_MASKED_TEXT = r"(^|[\s<>\"',;:()\[\]])([^\s<>\"',;:()\[\]@])[^\s<>\"',;:()\[\]@]*@", r"\1\2***@"


class Finding(StrEnum):
    """What can be odd about records. The values are the names in JSON and CSV."""

    REJECTED = "rejected"
    SKIPPED_TIME = "skipped_time"
    DUPLICATE = "duplicate"
    CONTRADICTION = "contradiction"
    UNKNOWN = "unknown"
    UNDETERMINED_BOUNCE = "undetermined_bounce"
    OPENED_BUT_FAILED = "opened_but_failed"
    AFTER_VALIDITY_END = "after_validity_end"
    WAITING = "waiting"
    CUT_OFF = "cut_off"


MEANINGS: Mapping[Finding, Sentence] = {
    Finding.REJECTED: Sentence("Records that cannot be used; the reason says why."),
    Finding.SKIPPED_TIME: Sentence(
        "Rejected: their local time does not exist, as the clocks skip it when summer time begins."
    ),
    Finding.DUPLICATE: Sentence("Records that tell only what was told before; they change nothing."),
    Finding.CONTRADICTION: Sentence(
        "Events that cannot follow what happened before, such as a delivery after a hard bounce; "
        "they are kept and change nothing."
    ),
    Finding.UNKNOWN: Sentence(
        "Words that Sendlog does not know. Say what they mean, and the events count as that; until "
        "then they change nothing, and a message named only by them counts in To deliver."
    ),
    Finding.UNDETERMINED_BOUNCE: Sentence("Bounces whose reply does not tell whether they are hard, soft or a block."),
    Finding.OPENED_BUT_FAILED: Sentence(
        "Messages that were opened and count as failed: a spam complaint or a late bounce took "
        "the delivery back, so that more can be opened than is delivered."
    ),
    Finding.AFTER_VALIDITY_END: Sentence(
        "Events after the end of their message's validity period, which may be set too short."
    ),
    Finding.WAITING: Sentence(
        "Events that name no message or recipient that is known yet; they count once the log that tells it is imported."
    ),
    Finding.CUT_OFF: Sentence("The file has exactly 100,000 rows, where an export list stops: it may be cut off."),
}


@dataclass(frozen=True)
class Quality:
    """The findings of one file."""

    counts: Mapping[Finding, int] = field(default_factory=dict)
    """How many rows each finding has; findings without any are left out."""
    rows: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["finding", *COLUMNS]))
    """The first MOST_ROWS of each, by line: finding and COLUMNS; times UTC, recipients as logged."""
    unknown_words: Mapping[str, int] = field(default_factory=dict)
    """The words that are not known, with how many events say them; the commonest first."""

    def as_json(self, *, masked: bool = False) -> list[dict[str, object]]:
        """The findings as `check --json` prints them. masked: whether addresses are hidden."""
        rows = self.listed(masked=masked)
        return [self._told(finding, rows.loc[rows["finding"] == finding, list(COLUMNS)]) for finding in self.counts]

    def listed(self, *, masked: bool = False) -> pd.DataFrame:
        """The rows of all findings as they are written to a file: finding and COLUMNS, times in ISO 8601."""
        rows = _masked(self.rows) if masked else self.rows
        return rows.assign(event_time=rows["event_time"].map(iso, na_action="ignore"))

    def rows_of(self, finding: Finding, *, masked: bool = False, limit: int = MOST_ROWS) -> pd.DataFrame:
        """The first rows of one finding: COLUMNS. masked: whether addresses are hidden, wherever they stand."""
        rows = self.rows.loc[self.rows["finding"] == finding, list(COLUMNS)].head(limit)
        return _masked(rows) if masked else rows

    def _told(self, finding: Finding, rows: pd.DataFrame) -> dict[str, object]:
        told: dict[str, object] = {
            "finding": finding.value,
            "count": self.counts[finding],
            "meaning": MEANINGS[finding],
            "rows": [{name: plain(value) for name, value in row.items()} for row in rows.to_dict("records")],
        }
        return told | ({"words": dict(self.unknown_words)} if finding is Finding.UNKNOWN else {})


def quality_of(cursor: Cursor, source_id: int, records: int) -> Quality:
    """The findings of a source whose import has just ended, in its transaction. records: of the whole file."""
    rows = run(cursor, "quality", source_id=source_id, records=records, most=MOST_ROWS).fetchdf()
    told = {Finding(str(name)): int(n) for name, n in rows.groupby("finding", sort=False)["n"].first().items()}
    counts = {finding: told[finding] for finding in Finding if finding in told}
    order = {finding.value: place for place, finding in enumerate(Finding)}
    kept = rows[["finding", *COLUMNS]].astype({"line": "Int64"})
    kept = kept.sort_values("finding", key=lambda names: names.map(order), kind="stable", ignore_index=True)
    return Quality(counts, kept, _unknown_words(cursor, source_id))


def _masked(rows: pd.DataFrame) -> pd.DataFrame:
    recipients = _replaced(rows["recipient"], _MASKED_RECIPIENT)
    # Where a log numbers no messages, the address names them.
    message_ids = rows["message_id"].mask(rows["message_id"] == rows["recipient"], recipients)
    texts = {name: _replaced(rows[name], _MASKED_TEXT) for name in ("reason", "detail")}
    return rows.assign(recipient=recipients, message_id=message_ids, **texts)


def _replaced(texts: pd.Series, pattern: tuple[str, str]) -> pd.Series:
    return texts.astype("str").str.replace(*pattern, regex=True)


def _unknown_words(cursor: Cursor, source_id: int) -> dict[str, int]:
    return dict(
        cursor.execute(
            "SELECT reason, count(*) AS n FROM event WHERE source_id = ? AND kind = 'unknown' AND reason IS NOT NULL "
            "GROUP BY reason ORDER BY n DESC, reason LIMIT 100",
            [source_id],
        ).fetchall()
    )
