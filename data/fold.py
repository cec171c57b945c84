"""The fold in SQL: from the events of the touched messages to transitions and their counts. It knows no mode."""

from collections.abc import Callable

from data.store import Cursor, run, write_allowed_transitions


def fold(cursor: Cursor, source_id: int | None, progress: Callable[[str], None]) -> None:
    """Store the staged events and fold every message that they touch. source_id: None where nothing is imported."""
    progress("Storing the events")
    for step in ("keyed_event", "withdrawn_event", "returning_event", "event"):
        run(cursor, step)
    refold(cursor, source_id, progress)


def refold(cursor: Cursor, source_id: int | None, progress: Callable[[str], None]) -> None:
    """Fold the messages in touched_message, and those whose inferred expiry changes with what a source observed."""
    progress("Following every message")
    run(cursor, "affected_delivery", source_id=source_id)
    run(cursor, "horizon")
    write_allowed_transitions(cursor)
    run(cursor, "transition")
    progress("Counting")
    run(cursor, "transition_count")
