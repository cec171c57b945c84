"""What the classifier makes of replies, for the tests beside this file."""

from dataclasses import dataclass, fields

from data.bounces.classifier import classify
from data.statements import run
from data.store import Store


@dataclass(frozen=True)
class Reply:
    """What a reader has staged of a failure."""

    diagnostic: str | None = None
    enhanced_status: str | None = None
    smtp_code: int | None = None
    reason: str | None = None
    bounce_type: str | None = None
    kind: str = "bounced"


Verdict = tuple[str | None, str | None]

_COLUMNS = ", ".join(f"unnest(${field.name}::VARCHAR[]) AS {field.name}" for field in fields(Reply))
_STAGE = f"INSERT INTO staged_event BY NAME SELECT {_COLUMNS}, unnest(range(len($kind))) AS place"
_VERDICTS = """
    SELECT verdict.bounce_type, verdict.reason
    FROM staged_event AS told LEFT JOIN verdict ON verdict.reply_key = reply_key_of(
        told.kind, told.bounce_type, told.reason, told.smtp_code, told.enhanced_status, told.diagnostic)
    ORDER BY place"""


def verdicts(store: Store, replies: list[Reply], format_name: str = "events-csv") -> list[Verdict]:
    """Type and reason of each reply; both None where the classifier has nothing to say of its kind."""
    columns = {field.name: [getattr(reply, field.name) for reply in replies] for field in fields(Reply)}
    with store.transaction() as cursor:
        run(cursor, "staged_event")
        cursor.execute(_STAGE, columns)
        classify(cursor, format_name)
        return cursor.execute(_VERDICTS).fetchall()


def verdict(store: Store, reply: Reply, format_name: str = "events-csv") -> Verdict:
    """Type and reason of one reply."""
    return verdicts(store, [reply], format_name)[0]
