"""What is one event, what is one message, and what stays when a source leaves."""

from collections.abc import Callable

import pytest

from analytics.modes import Mode
from analytics.tile import tile
from data.deliveries import delivery
from data.events import Kind
from data.report import ImportReport
from data.sources import remove_source
from data.statements import scalar
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


VERSIONS = {
    "a.csv": "bounced,2026-03-02T09:00:00Z,m1,a@x.example,d,e1\n",
    "b.csv": "delivered,2026-03-02T09:00:00Z,m1,a@x.example,d,e1\n",
}
COUNTED = {"bounced": (0, 1), "delivered": (1, 0)}


@pytest.mark.parametrize("names", [("a.csv", "b.csv"), ("b.csv", "a.csv")])
def test_of_two_versions_of_an_event_the_same_one_counts_in_any_order(
    store: Store, import_text: Import, names: tuple[str, str]
) -> None:
    """Which version of an event_id counts follows from their content, not from which came first."""
    for name in names:
        import_text(HEADER + VERSIONS[name], name)
    with store.cursor() as cursor:
        least = str(scalar(cursor, "SELECT min_by(kind, content_key) FROM event"))
    assert outcome(store) == COUNTED[least]


def test_without_the_version_that_counts_the_other_does(store: Store, import_text: Import) -> None:
    """What another source told of an event comes back when the source leaves whose version counted."""
    for name, row in VERSIONS.items():
        import_text(HEADER + row, name)
    with store.cursor() as cursor:
        source, other = cursor.execute(
            "SELECT min_by(source.name, content_key), max_by(kind, content_key)::VARCHAR"
            " FROM event JOIN source USING (source_id)"
        ).fetchall()[0]
    remove_source(store, source)
    assert outcome(store) == COUNTED[other]


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


def test_an_event_id_names_an_event_of_its_message(store: Store, import_text: Import) -> None:
    """One event_id at two messages names two events; one of them leaves with its source, the other stays."""
    import_text(HEADER + "bounced,2026-03-02T09:00:00Z,m2,b@x.example,d,e1\n", "a.csv")
    import_text(HEADER + "delivered,2026-03-02T09:05:00Z,m1,a@x.example,d,e1\n", "b.csv")
    assert outcome(store) == (1, 1)
    remove_source(store, "b.csv")
    assert outcome(store) == (0, 1)


_ORDERED = """
    SELECT * FROM event
    QUALIFY row_number() OVER (
        PARTITION BY delivery_key, message_key, event_key ORDER BY event_time, content_key, source_id, line
    ) = 1
"""


def test_the_events_of_a_delivery_are_those_that_count_of_all_records(store: Store, import_text: Import) -> None:
    """Repeated records, versions of an event_id and one id at two messages: each event in one row."""
    plain = "deferred,2026-03-02T08:30:00Z,m{},a@x.example,d,\n"
    moved = [f"deferred,2026-03-02T{hour}:10:00Z,m1,a@x.example,d,e1\n" for hour in ("09", "08")]
    other = "bounced,2026-03-02T09:00:00Z,m2,b@x.example,d,e1\n"
    word = "postponed,2026-03-02T08:40:00Z,m4,a@x.example,d,\n"
    import_text(HEADER + plain.format(1) + plain.format(3) + moved[0], "a.csv")
    import_text(HEADER + plain.format(1) + moved[1] + other, "b.csv")
    with store.cursor() as cursor:
        for meant in (False, True):
            if meant:
                import_text(HEADER + word, "c.csv")
                import_text(HEADER + word + plain.format(5), "d.csv", meanings={"postponed": Kind.DEFERRED})
            listed = cursor.execute("FROM counted_event_of(1, true) ORDER BY ALL").fetchall()
            assert listed == cursor.execute(f"FROM ({_ORDERED}) ORDER BY ALL").fetchall()
            assert len(listed) == (6 if meant else 4)
            told = "SELECT DISTINCT message_key, event_time, kind FROM {} ORDER BY ALL"
            counted = cursor.execute(told.format("counted_event_of(1, false)")).fetchall()
            assert counted == cursor.execute(told.format(f"({_ORDERED})")).fetchall()


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
