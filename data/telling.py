"""From what a reader tells of the records to staged events: typed, judged, and those that name no message set apart."""

import pyarrow.compute as pc

from data.held import held_table, hold, hold_table
from data.readers.reader import Options
from data.statements import Cursor, run


def stage_told(
    cursor: Cursor, source_id: int, options: Options, lines_before: int, *, family: str, may_be_loose: bool
) -> int:
    """Hold `staged_event` from the relation `told_event`; returns how many rows were told, ignored ones included.

    told_event: columns of `event_text` (data/sql/staging.sql), those that the format has. kind: a canonical one, or
    'ignored' for a record that is no part of a send, or the source's own word, which is then unknown. Times: ISO 8601
    or Unix time. reject_reason: what the reader itself finds wrong. fallback_delivery_id: the delivery of an event
    without a delivery_id, if no other record of its message names one. may_be_loose: whether events without a
    delivery_id, message_id or recipient wait to be joined with what others of the family tell; else they are rejected.
    """
    told = hold(
        cursor,
        "completed_event",
        source_id=source_id,
        may_be_loose=may_be_loose,
        declared_label=options.delivery,
        timezone=options.timezone or "UTC",
        zone_declared=options.timezone is not None,
    )
    events = held_table(cursor, "completed_event")
    if pc.any(events["is_loose"]).as_py():
        run(cursor, "loose_event", family=family, declared_id=options.delivery, lines_before=lines_before)
    is_staged = pc.invert(
        pc.or_(events["is_ignored"], pc.and_(events["is_loose"], pc.is_null(events["reject_reason"])))
    )
    whole = events if pc.all(is_staged).as_py() else events.filter(is_staged)
    hold_table(cursor, "staged_event", whole.drop_columns(["is_loose", "is_ignored", "fallback_delivery_id"]))
    return told
