"""The fold in SQL: from the events of the touched messages to transitions and their counts. It knows no mode."""

from collections.abc import Callable

from data.held import hold, hold_rows
from data.sentences import Sentence
from data.statements import Cursor, append, run
from data.states import TRANSITIONS

BATCH_MESSAGES = 300_000
"""Messages that are folded in one go, which bounds the memory; their events are a few times as many."""
_FACTS = {
    "transition": "delivery_key, moved_at",
    "contradiction": "delivery_key",
    "engagement": "delivery_key, opened_at",
    "lapse": "delivery_key, lapses_at",
}
"""What the fold of a message yields, and the order in which it lies."""
_COUNTS = {
    "transition_count": "delivery_key, elapsed_minutes",
    "transition_minute_count": "delivery_key, elapsed_minutes",
    "transition_age_count": "delivery_key, age_minutes",
}


def fold(cursor: Cursor, source_id: int | None, progress: Callable[[str], None], *, tells_once: bool = False) -> None:
    """Fold every message in touched_message, and those whose inferred expiry changes with what a source observed.

    source_id: the source being imported, None where nothing is; tells_once: whether each of its records is one event.
    Each message's old transitions leave, its new ones enter, and the counts change by the difference.
    """
    progress(Sentence("Following every message"))
    run(cursor, "horizon")
    run(cursor, "tallies")
    _write_allowed_transitions(cursor)
    for number, *bounds in run(cursor, "batch", batch_messages=BATCH_MESSAGES).fetchall():
        _fold_events(cursor, source_id, number, _bounds(*bounds))
        _replace_facts(cursor, _bounds(*bounds))
        run(cursor, "import_tally", source_id=source_id, tells_once=tells_once)
        _count_changes(cursor)
    progress(Sentence("Counting"))
    run(cursor, "delivery")
    _count_restarted(cursor)


def _bounds(first_delivery: int, last_delivery: int) -> dict[str, int]:
    return {"first_delivery": first_delivery, "last_delivery": last_delivery}


def _fold_events(cursor: Cursor, source_id: int | None, number: int, bounds: dict[str, int]) -> None:
    hold(cursor, "batch_message", number=number)
    hold(cursor, "batch_event", source_id=source_id, **bounds)
    hold(cursor, "repeated_key")
    run(cursor, "touched_event")
    for name in ("message_course", "placed_event", "new_transition"):
        hold(cursor, name)
    run(cursor, "new_fact")


def _replace_facts(cursor: Cursor, bounds: dict[str, int]) -> None:
    for table, order in _FACTS.items():
        held = (
            f"SELECT rowid AS row_number, * FROM {table} SEMI JOIN batch_message USING (message_key)"  # noqa: S608
            " WHERE delivery_key BETWEEN $first_delivery AND $last_delivery"
        )
        if hold_rows(cursor, f"old_{table}", held, bounds):
            cursor.execute(f"DELETE FROM {table} WHERE rowid IN (SELECT row_number FROM old_{table})")  # noqa: S608
        append(cursor, table, f"new_{table}", order)


def _count_changes(cursor: Cursor) -> None:
    """Count the difference of a batch, where the minutes of a delivery can be counted: its start is known."""
    run(cursor, "extent")
    _count(cursor)
    hold(cursor, "engagement_count_change")
    append(cursor, "engagement_count", "engagement_count_change", "delivery_key, hour")


def _count_restarted(cursor: Cursor) -> None:
    """Count all transitions of the deliveries whose start is new."""
    for _, *bounds in run(cursor, "restarted_part", batch_messages=BATCH_MESSAGES).fetchall():
        run(cursor, "counted_delivery", **_bounds(*bounds))
        _count(cursor)


def _count(cursor: Cursor) -> None:
    """Add what counted_transition, a view, makes to the counts."""
    for table, order in _COUNTS.items():
        hold(cursor, f"{table}_change")
        append(cursor, table, f"{table}_change", order)


def _write_allowed_transitions(cursor: Cursor) -> None:
    """Give the fold its table of transitions, from the one place where they are defined."""
    cursor.execute("CREATE OR REPLACE TEMP TABLE allowed_transition (from_state state, kind kind, to_state state)")
    rows = [(before, kind, after) for (before, kind), after in TRANSITIONS.items()]
    cursor.executemany("INSERT INTO allowed_transition VALUES (?, ?, ?)", rows)
