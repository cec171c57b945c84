"""Events on their way into the store and out of it, and which messages that touches."""

from data.store import Cursor, append, run, scalar


def store_staged(cursor: Cursor, lines_before: int = 0) -> None:
    """Store the staged events; the records that a reader could not use join the rejections.

    lines_before: lines of the file before the first staged row, where the rows do not name their lines themselves.
    """
    run(cursor, "new_delivery")
    append(cursor, "delivery", "new_delivery")
    # DuckDB numbers the rows of a small new table from far above 0.
    first_row = scalar(cursor, "SELECT coalesce(min(rowid), 0) FROM staged_event")
    place = {"line_of_row_0": lines_before + 1 - first_row}
    run(cursor, "collected_rejection", **place)
    if scalar(cursor, "SELECT 1 FROM staged_event WHERE reject_reason IS NULL LIMIT 1"):
        run(cursor, "event", **place)


def take_out_retold(cursor: Cursor) -> None:
    """Take out what the records that a deriving reader has read anew told before."""
    if scalar(cursor, "SELECT 1 FROM staged_again LIMIT 1"):
        run(cursor, "leaving_event")
        run(cursor, "left_event")


def touch(cursor: Cursor, source_id: int | None) -> None:
    """Note the deliveries that the sources speak of, and the messages that arriving and leaving events are about."""
    run(cursor, "source_delivery")
    run(cursor, "touched_message", source_id=source_id)
