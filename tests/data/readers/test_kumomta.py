"""KumoMTA: segments as they lie on its disk, and how what comes back finds its message."""

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from analytics.modes import Mode
from data.ingest import import_log
from data.report import ImportReport, Status
from data.sources import remove_source
from data.store import Store
from tests.data.readers.told import tile_of, told_events

Import = Callable[..., ImportReport]


def record(kind: str, identity: str, recipient: object, second: int, **more: object) -> dict[str, object]:
    """A log record, some seconds after the message was received."""
    return {
        "type": kind, "id": identity, "sender": "news@shop.example", "recipient": recipient,
        "queue": "spring:shop@one.example", "nodeid": "n1", "reception_protocol": "ESMTP",
        "created": 1772352000, "timestamp": 1772352000 + second, **more,
    }  # fmt: skip


def lines(*records: dict[str, object]) -> str:
    """Records, one a line."""
    return "".join(json.dumps(each) + "\n" for each in records)


SENT = lines(
    record("Reception", "k1", "ada@one.example", 0),
    record("Delivery", "k1", "ada@one.example", 5, delivery_protocol="ESMTP"),
    record("Reception", "k2", "bob@one.example", 0),
)
BACK = lines(
    record("OOB", "d1", "Ada@one.example", 900, queue="bounce.shop.example"),
    record("Feedback", "a1", "loop@shop.example", 950, feedback_report={"original_rcpto_to": ["<bob@one.example>"]}),
)


def test_a_compressed_segment_without_an_extension_is_read(store: Store, tmp_path: Path) -> None:
    """What lies in the log folder is dropped as it is."""
    path = tmp_path / "20260301-080000"
    path.write_bytes(pa.compress(SENT.encode(), codec="zstd", asbytes=True))
    report = import_log(store, path)
    assert (report.status, report.format, report.used) == (Status.IMPORTED, "kumomta", 3)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_what_comes_back_finds_its_message_whichever_file_comes_first(
    store: Store, import_text: Import, order: tuple[int, int]
) -> None:
    """The id of a late bounce or a complaint is that of the mail that brought it; the address leads to the message."""
    for place in order:
        import_text((SENT, BACK)[place], f"{place}.log")
    assert [event[:4] for event in told_events(store) if event[0] in ("bounced", "complained")] == [
        ("bounced", "spring", "k1", "ada@one.example"),
        ("complained", "spring", "k2", "bob@one.example"),
    ]
    shown = tile_of(store, "spring")
    assert (shown.to_deliver, shown.delivered, shown.bounces_errors, shown.pending) == (2, 0, 1, 1)


def test_what_came_back_waits_again_when_its_message_leaves(store: Store, import_text: Import) -> None:
    """Nothing is told of a message that no record names any more."""
    import_text(BACK, "back.log")
    import_text(SENT, "sent.log")
    remove_source(store, "sent.log")
    assert told_events(store) == []


def test_a_record_of_several_recipients_is_one_record_of_several_messages(store: Store, import_text: Import) -> None:
    """The report counts records, the tile messages; who is not named among them is left out."""
    report = import_text(lines(record("Reception", "k1", ["ada@one.example", None, "bob@one.example", ""], 0)))
    assert (report.records, report.used, report.rejected, report.events) == (1, 1, 0, 2)
    assert tile_of(store, "spring", Mode.WITHOUT_EFS).to_deliver == 2


def test_values_of_another_kind_than_documented_cost_nothing_else(store: Store, import_text: Import) -> None:
    """A text for an object, a list for a text, a number for a list: the record counts with what it does say."""
    odd = {"response": "250 OK", "meta": [1], "headers": "none", "feedback_report": 7, "num_attempts": {"a": 1}}
    report = import_text(lines(record("Delivery", "k1", "ada@one.example", 5, **odd)))
    assert (report.used, report.rejected) == (1, 0)
    assert tile_of(store, "spring").delivered == 1
