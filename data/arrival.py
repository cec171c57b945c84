"""Events on their way into the store and out of it, and which messages that touches."""

from data.bounces.classifier import classify
from data.statements import Cursor, append, run, scalar


def store_staged(cursor: Cursor, family: str, lines_before: int = 0) -> None:
    """Store the staged events, classified; the records that a reader could not use join the rejections.

    family: of the formats whose words tell of their bounces. lines_before: lines of the file before the first staged
    row, where the rows do not name their lines themselves.
    """
    run(cursor, "new_delivery")
    append(cursor, "delivery", "new_delivery")
    run(cursor, "collected_rejection", lines_before=lines_before)
    classify(cursor, family)
    if scalar(cursor, "SELECT 1 FROM staged_event WHERE reject_reason IS NULL LIMIT 1"):
        run(cursor, "event", lines_before=lines_before)


def take_out_retold(cursor: Cursor) -> None:
    """Take out what the records that a deriving reader has read anew told before."""
    if scalar(cursor, "SELECT 1 FROM staged_again LIMIT 1"):
        run(cursor, "leaving_event")
        run(cursor, "left_event")


def touch(cursor: Cursor, source_id: int | None) -> None:
    """Note the deliveries that the sources speak of, and the messages that arriving and leaving events are about."""
    run(cursor, "source_delivery")
    run(cursor, "touched_message", source_id=source_id)
