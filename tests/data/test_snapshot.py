"""A store held still."""

from collections.abc import Callable

from data.deliveries import deliveries
from data.report import ImportReport
from data.snapshot import held_still
from data.store import Store
from tests.pages.logs import SETTLING_LOG, SILENT_LOG


def test_an_import_in_between_changes_no_answer(store: Store, import_text: Callable[..., ImportReport]) -> None:
    """All questions in the block are answered from the data of its beginning; the next block sees the import."""
    import_text(SETTLING_LOG)
    with held_still(store) as still:
        version = still.version
        import_text(SILENT_LOG, "other.csv")
        assert still.data_version() == version < store.data_version()
        assert [delivery.delivery_id for delivery in deliveries(still)] == ["DM1"]
    with held_still(store) as still:
        assert still.version == store.data_version()
        assert [delivery.delivery_id for delivery in deliveries(still)] == ["DM2", "DM1"]
