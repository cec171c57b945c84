"""Lines of an event CSV."""

from collections.abc import Callable

from data.report import ImportReport
from data.store import Store

HEADER = "kind,event_time,message_id,recipient,delivery_id,reason\n"
Import = Callable[..., ImportReport]


def row(number: int, kind: str = "relayed", time: str = "2026-08-21T08:00:00Z", reason: str = "") -> str:
    """One sound row of an event CSV."""
    return f"{kind},{time},m{number},u{number}@example.com,d1,{reason}\n"


def around(bad: str | bytes) -> bytes:
    """A file with two good lines, a bad one (line 4), and two good lines."""
    middle = bad if isinstance(bad, bytes) else bad.encode()
    return (HEADER + row(1) + row(2)).encode() + middle + (row(3) + row(4)).encode()


def stored_messages(store: Store) -> list[str]:
    """The message ids of the events in the store."""
    with store.cursor() as cursor:
        return [each for (each,) in cursor.execute("SELECT message_id FROM event ORDER BY message_id").fetchall()]


def adds_up(report: ImportReport) -> bool:
    """Whether every record of the file is accounted for, once."""
    return report.records == report.used + report.duplicates + report.rejected + report.ignored
