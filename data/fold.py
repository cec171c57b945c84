"""The fold in SQL: from the events of the touched messages to transitions and their counts. It knows no mode."""

from collections.abc import Callable

from data.store import Cursor, append, run, write_allowed_transitions

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


def fold(cursor: Cursor, source_id: int | None, progress: Callable[[str], None]) -> None:
    """Fold every message in touched_message, and those whose inferred expiry changes with what a source observed.

    source_id: the source being imported; None where nothing is imported. Each message's old transitions leave, its new
    ones enter, and the counts change by the difference.
    """
    progress("Following every message")
    run(cursor, "horizon")
    run(cursor, "tallies")
    write_allowed_transitions(cursor)
    batches = run(cursor, "batch", batch_messages=BATCH_MESSAGES).fetchall()
    for number, first_delivery, last_delivery in batches:
        bounds = {"first_delivery": first_delivery, "last_delivery": last_delivery}
        _fold_batch(cursor, source_id, number, bounds)
    progress("Counting")
    run(cursor, "delivery")
    _count(cursor)


def _fold_batch(cursor: Cursor, source_id: int | None, number: int, bounds: dict[str, int]) -> None:
    run(cursor, "touched_event", source_id=source_id, number=number, **bounds)
    for step in ("message_course", "placed_event", "new_transition"):
        run(cursor, step)
    run(cursor, "old_transition", **bounds)
    run(cursor, "import_tally", source_id=source_id)
    for table, order in _FACTS.items():
        append(cursor, table, f"new_{table}", order)
    run(cursor, "count_change")
    _count(cursor)
    run(cursor, "engagement_count")
    append(cursor, "engagement_count", "engagement_count_change", "delivery_key, hour")


def _count(cursor: Cursor) -> None:
    """Add what counted_transition, a view, makes to the counts."""
    run(cursor, "transition_count")
    for table, order in _COUNTS.items():
        append(cursor, table, f"{table}_change", order)
