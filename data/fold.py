"""The fold in SQL: from the events of the touched messages to transitions and their counts. It knows no mode."""

from collections.abc import Callable

from data.store import Cursor, run, scalar, write_allowed_transitions


def fold(cursor: Cursor, source_id: int | None, progress: Callable[[str], None]) -> None:
    """Store the staged events and fold every message that they touch. source_id: None where nothing is imported."""
    progress("Storing the events")
    run(cursor, "keyed_event")
    run(cursor, "withdrawn_event")
    return_events(cursor)
    run(cursor, "event")
    refold(cursor, source_id, progress)


def return_events(cursor: Cursor) -> None:
    """Let what other sources told as well take the place of the events in leaving_event; all of them are touched."""
    run(cursor, "returning_event")
    # Not an INSERT of no rows: DuckDB 2.0 would lose a large ordered one behind it.
    if scalar(cursor, "SELECT count(*) FROM returning_event"):
        cursor.execute("INSERT INTO event FROM returning_event")


def refold(cursor: Cursor, source_id: int | None, progress: Callable[[str], None]) -> None:
    """Fold the messages in touched_message, and those whose inferred expiry changes with what a source observed."""
    progress("Following every message")
    run(cursor, "affected_delivery", source_id=source_id)
    run(cursor, "horizon")
    write_allowed_transitions(cursor)
    run(cursor, "transition")
    progress("Counting")
    run(cursor, "transition_count")
