"""What is one event, what is one message, and what stays when a source leaves."""

from collections.abc import Callable

import pytest

from analytics.modes import Mode
from analytics.tile import tile
from data.deliveries import delivery
from data.report import ImportReport
from data.sources import remove_source
from data.store import Store

HEADER = "kind,event_time,message_id,recipient,delivery_id,event_id\n"
Import = Callable[..., ImportReport]


def outcome(store: Store) -> tuple[int, int]:
    """Delivered and Bounces + errors of the one delivery."""
    shown = tile(store, delivery(store, "d"), Mode.WITHOUT_EFS)
    return shown.delivered, shown.bounces_errors


def test_an_event_with_an_id_counts_once_however_often_it_arrives(import_text: Import) -> None:
    """The same event_id in one file, or in two, is one event; the record that brings nothing new is a duplicate."""
    row = "relayed,2026-03-02T08:00:00Z,m1,a@x.example,d,e1\n"
    first = import_text(HEADER + row + row, "a.csv")
    again = import_text(HEADER + row + row.replace("e1", "e2"), "b.csv")
    assert (first.used, first.duplicates, first.events) == (1, 1, 1)
    assert (again.used, again.duplicates, again.events) == (1, 1, 1)


@pytest.mark.parametrize("names", [("a.csv", "b.csv"), ("b.csv", "a.csv")])
def test_of_two_versions_of_an_event_the_same_one_counts_in_any_order(
    store: Store, import_text: Import, names: tuple[str, str]
) -> None:
    """Which version of an event_id is kept follows from their content, not from which came first."""
    versions = {
        "a.csv": "bounced,2026-03-02T09:00:00Z,m1,a@x.example,d,e1\n",
        "b.csv": "delivered,2026-03-02T09:00:00Z,m1,a@x.example,d,e1\n",
    }
    for name in names:
        import_text(HEADER + versions[name], name)
    with store.cursor() as cursor:
        kept = cursor.execute("SELECT min(content_key) = max(content_key), any_value(kind) FROM event").fetchall()
        both = cursor.execute("SELECT count(*) FROM event JOIN repeated_event USING (event_key)").fetchall()
        least = cursor.execute(
            "SELECT min_by(kind, content_key) FROM (FROM event UNION ALL FROM repeated_event)"
        ).fetchall()
    assert (kept[0][0], both[0][0], kept[0][1]) == (True, 1, least[0][0])


def test_the_local_part_tells_recipients_apart_the_domain_does_not(store: Store, import_text: Import) -> None:
    """Ada and ada are two messages; x.example and X.EXAMPLE are one domain."""
    import_text(
        HEADER
        + "relayed,2026-03-02T08:00:00Z,m1,ada@x.example,d,\n"
        + "relayed,2026-03-02T08:00:00Z,m1,Ada@x.example,d,\n"
        + "delivered,2026-03-02T08:01:00Z,m1,ada@X.EXAMPLE,d,\n"
    )
    assert tile(store, delivery(store, "d"), Mode.WITH_EFS).delivered == 1
    assert delivery(store, "d").messages == 2


def test_what_another_source_told_comes_back_when_a_source_leaves(store: Store, import_text: Import) -> None:
    """One event_id that names two messages: with the source that won gone, the other's message has its event again."""
    bounced = "bounced,2026-03-02T09:00:00Z,m2,b@x.example,d,e1\n"
    delivered = "delivered,2026-03-02T09:05:00Z,m1,a@x.example,d,e1\n"
    import_text(HEADER + bounced, "a.csv")
    import_text(HEADER + "relayed,2026-03-02T08:00:00Z,m2,b@x.example,d,\n", "c.csv")
    alone = outcome(store)
    import_text(HEADER + delivered, "b.csv")
    remove_source(store, "b.csv")
    assert outcome(store) == alone == (0, 1)
    import_text(HEADER + delivered, "b.csv")
    remove_source(store, "a.csv")
    assert outcome(store)[0] == 2


def test_the_report_counts_the_contradictions_that_the_file_brought(import_text: Import) -> None:
    """An older bounce makes a known acceptance contradict it; a longer validity that resolves one brings none."""
    import_text(HEADER + "delivered,2026-03-02T09:00:00Z,m1,a@x.example,d,\n", "a.csv")
    report = import_text(HEADER + "bounced,2026-03-02T08:00:00Z,m1,a@x.example,d,\n", "b.csv")
    assert report.contradictions == 1
    late = "deferred,2026-03-02T{}:05:00Z,m2,b@x.example,v,\n"
    report = import_text(HEADER + late.format("08") + late.format("11"), "c.csv", validity_hours=1.0)
    assert report.contradictions == 1
    report = import_text(HEADER + "relayed,2026-03-02T11:30:00Z,m3,c@x.example,v,\n", "d.csv", validity_hours=10.0)
    assert report.contradictions == 0
