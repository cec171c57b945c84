"""Momentum's text logs: mainlog, bouncelog and fbllog, one event a line, its fields between "@"."""

import re
from dataclasses import dataclass
from pathlib import Path

from data.held import hold, number_lines
from data.intake import LogFile
from data.log_head import Head
from data.readers.direct import DirectReader
from data.readers.reader import Limits, Options, Reading
from data.records import RecordSource, stage_lines
from data.statements import Cursor, scalar

_SQL = Path(__file__).parent / "sql"
_LINE = re.compile(r"^\d{10,16}@[0-9A-F]{2}/", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Momentum(DirectReader):
    """Lines of whichever of the logs. Most name the message alone: what names its recipient is another line."""

    def detects(self, head: Head) -> bool:
        """True where one of the first lines begins with a time and the id of a message."""
        return _LINE.search(head.text) is not None

    def stage(self, cursor: Cursor, log: LogFile, source_id: int, options: Options) -> Reading:
        """Stage the event of every line."""
        records = stage_lines(cursor, log, lambda source: _hold_lines(cursor, source), errors="replace")
        blank = int(scalar(cursor, "SELECT count(*) FROM momentum_line WHERE fields IS NULL"))
        self._told(cursor, source_id, options, log.lines_before)
        return self._reading(cursor, options, records - blank, log.lines_before)


def _hold_lines(cursor: Cursor, source: RecordSource) -> int:
    lines = hold(cursor, "momentum_line", _SQL, **source.parameters())
    if "record_line" not in source.columns:
        number_lines(cursor, "momentum_line", source.lines_before)
    return lines


MOMENTUM = Momentum(
    name="momentum",
    label="Momentum text log",
    validity_hours=24.0,
    tells_engagement=False,
    joins=True,
    limits=Limits(names_deliveries=False),
)
