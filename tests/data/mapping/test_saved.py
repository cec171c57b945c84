"""Saved mappings are offered again to files with the same columns."""

from collections.abc import Callable

from data.mapping.mapping import LogMapping
from data.mapping.saved import delete_mapping, mapping_for, save_mapping, saved_mappings
from data.report import ImportReport, Status
from data.store import Store

Import = Callable[..., ImportReport]
LOG = "a,t\nx@one.example,2026-03-02T08:00:00Z\n"


def _mapping(name: str, kind: str = "delivered") -> LogMapping:
    return LogMapping(name, {"recipient": "a"}, times={"t": kind})


def test_a_file_with_the_same_columns_is_read_by_it(store: Store, import_text: Import) -> None:
    """In whatever order they stand; and the report says so."""
    assert import_text(LOG).status is Status.REFUSED
    save_mapping(store, _mapping("Letters"), ["a", "t"])
    report = import_text("t;a\n2026-03-02T08:00:00Z;x@one.example\n")
    assert report.format == "mapped"
    assert report.notes[0] == "Read by the mapping Letters."


def test_a_file_with_other_columns_is_not(store: Store, import_text: Import) -> None:
    """Nor one that a reader recognises."""
    save_mapping(store, _mapping("Letters"), ["a", "t"])
    assert import_text("a,t,b\nx@one.example,2026-03-02T08:00:00Z,1\n").columns == ("a", "t", "b")
    columns = ["kind", "event_time", "message_id", "recipient", "delivery_id"]
    save_mapping(store, _mapping("Wrong"), columns)
    log = ",".join(columns) + "\nrelayed,2026-03-02T08:00:00Z,m,x@one.example,D\n"
    assert import_text(log).format == "events-csv"


def test_the_mapping_that_is_named_goes_first(store: Store, import_text: Import) -> None:
    """Before a saved one, and before a reader that recognises the file."""
    save_mapping(store, _mapping("Letters"), ["a", "t"])
    assert import_text(LOG, mapping=_mapping("Mine")).notes[0] == "Read by the mapping Mine."


def test_the_last_one_saved_for_a_header_is_used(store: Store) -> None:
    """And one of the same name takes the place of the other."""
    for name, kind in (("B", "opened"), ("A", "clicked"), ("B", "delivered")):
        save_mapping(store, _mapping(name, kind), ["t", "a"])
    assert [mapping.name for mapping in saved_mappings(store)] == ["A", "B"]
    with store.cursor() as cursor:
        assert mapping_for(cursor, ["a", "t"]) == _mapping("B")
    delete_mapping(store, "B")
    with store.cursor() as cursor:
        assert mapping_for(cursor, ["a", "t"]) == _mapping("A", "clicked")
        assert mapping_for(cursor, ["a"]) is None
