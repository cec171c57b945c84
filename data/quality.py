"""What is worth knowing of a file before it is trusted: the findings of a dry run, each with its rows."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pandas as pd

from data.doors import plain
from data.store import Cursor, run

MOST_ROWS = 10_000
"""Of each finding, this many rows are shown; all are counted."""
COLUMNS = ("line", "delivery_id", "message_id", "recipient", "event_time", "kind", "reason", "detail")
_EXPORT_LIMIT = 100_000


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


MEANINGS: Mapping[Finding, str] = {
    Finding.REJECTED: "Records that cannot be used; the reason says why.",
    Finding.SKIPPED_TIME: "Rejected: their local time does not exist, as the clocks skip it when summer time begins.",
    Finding.DUPLICATE: "Records that tell only what was told before; they change nothing.",
    Finding.CONTRADICTION: "Events that cannot follow what happened before, such as a delivery after a hard bounce; "
    "they are kept and change nothing.",
    Finding.UNKNOWN: "Words that Sendlog does not know. Say what they mean, and the events count as that.",
    Finding.UNDETERMINED_BOUNCE: "Bounces whose reply does not tell whether they are hard, soft or a block.",
    Finding.OPENED_BUT_FAILED: "Messages that were opened and count as failed: a spam complaint or a late bounce took "
    "the delivery back, so that more can be opened than is delivered.",
    Finding.AFTER_VALIDITY_END: "Events after the end of their message's validity period, which may be set too short.",
    Finding.WAITING: "Events that name no message or recipient that is known yet; they count once the log that "
    "tells it is imported.",
    Finding.CUT_OFF: "The file has exactly 100,000 rows, where an export list stops: it may be cut off.",
}


@dataclass(frozen=True)
class Quality:
    """The findings of one file."""

    counts: Mapping[Finding, int] = field(default_factory=dict)
    """How many rows each finding has; findings without any are left out."""
    rows: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["finding", *COLUMNS]))
    """The first MOST_ROWS of each: finding and COLUMNS; times UTC, recipients as logged."""
    unknown_words: Mapping[str, int] = field(default_factory=dict)
    """The words that are not known, with how many events say them; the commonest first."""

    def as_json(self) -> list[dict[str, object]]:
        """The findings as `check --json` prints them."""
        return [
            {
                "finding": finding,
                "count": n,
                "meaning": MEANINGS[finding],
                "rows": [{name: plain(value) for name, value in row.items()} for row in self._records(finding)],
            }
            for finding, n in self.counts.items()
        ]

    def _records(self, finding: Finding) -> list[dict[Hashable, Any]]:
        return self.rows_of(finding).to_dict("records")

    def rows_of(self, finding: Finding) -> pd.DataFrame:
        """The rows of one finding: COLUMNS."""
        return self.rows.loc[self.rows["finding"] == finding, list(COLUMNS)]


def quality_of(cursor: Cursor, source_id: int, records: int) -> Quality:
    """The findings of a source whose import has just ended, in its transaction. records: of the whole file."""
    rows = run(cursor, "quality", source_id=source_id, most=MOST_ROWS).fetchdf()
    told = {Finding(str(name)): int(n) for name, n in rows.groupby("finding", sort=False)["n"].first().items()}
    counts = {finding: told[finding] for finding in Finding if finding in told}
    if records == _EXPORT_LIMIT:
        counts[Finding.CUT_OFF] = 1
    return Quality(counts, rows[["finding", *COLUMNS]], _unknown_words(cursor, source_id))


def _unknown_words(cursor: Cursor, source_id: int) -> dict[str, int]:
    return dict(
        cursor.execute(
            "SELECT reason, count(*) AS n FROM event WHERE source_id = ? AND kind = 'unknown' AND reason IS NOT NULL "
            "GROUP BY reason ORDER BY n DESC, reason LIMIT 100",
            [source_id],
        ).fetchall()
    )
