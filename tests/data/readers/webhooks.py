"""What the tests of webhook readers share: posted records as files, and where the messages of a delivery stand."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping

from analytics.modes import Mode
from analytics.tile import tile
from data.deliveries import delivery
from data.log_head import Head
from data.readers.reader import Reader
from data.store import Store

START = 1788249600
"""2026-09-01 08:00:00 UTC"""

Record = Mapping[str, object]


def lines(records: Iterable[Record]) -> str:
    """Records as they are collected: one a line."""
    return "".join(json.dumps(each) + "\n" for each in records)


def takes(reader: Reader, record: Record) -> bool:
    """Whether the reader takes a file of this record for its own."""
    return reader.detects(Head(lines([record]), is_binary=False))


def states(store: Store, delivery_id: str = "spring") -> dict[str, int]:
    """How many messages of a delivery stand in which state at last."""
    with store.cursor() as cursor:
        rows = cursor.execute(
            "SELECT arg_max(to_state, (moved_at, from_state IS NOT NULL))"
            " FROM transition JOIN delivery USING (delivery_key) WHERE delivery_id = ? GROUP BY message_key",
            [delivery_id],
        ).fetchall()
    return dict(Counter(state for (state,) in rows))


def figures(store: Store, delivery_id: str = "spring") -> tuple[int, int, int, int, int]:
    """To deliver, Sent, the counts of Delivered and of Bounces + errors, and Opened, as measured with EFS."""
    shown = tile(store, delivery(store, delivery_id), Mode.WITH_EFS)
    return shown.to_deliver, shown.sent, shown.delivered, shown.bounces_errors, shown.opened


def contradictions(store: Store) -> int:
    """How many events the messages' states did not allow."""
    with store.cursor() as cursor:
        return int(cursor.execute("SELECT count(*) FROM contradiction").fetchall()[0][0])
