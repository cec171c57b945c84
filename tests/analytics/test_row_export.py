"""All rows of a selection, part by part."""

from collections.abc import Iterator
from datetime import timedelta

import pandas as pd
import pytest

from analytics import row_export
from analytics.log_page import log_page
from analytics.modes import Kpi, Mode
from analytics.row_export import all_rows
from analytics.rows import row_count, rows
from analytics.selected import Sort
from analytics.selection import NONE_TOLD, Selection, Step
from data.deliveries import Delivery, delivery
from data.ingest import import_log
from data.states import State
from data.store import Store
from tests.analytics.excluding import START, as_csv, messages

SELECTIONS = [
    Selection(),
    *(Selection(kpi=kpi) for kpi in Kpi),
    Selection(states=(State.EXCLUDED,)),
    Selection(domains=("d1.example",)),
    Selection(address="USER1"),
    Selection(reasons=("User unknown", NONE_TOLD)),
    Selection(step=Step(changes=((State.IN_FLIGHT, State.FAILED),), until=START + timedelta(minutes=90))),
    Selection(address="nobody"),
]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store with a log."""
    folder = tmp_path_factory.mktemp("export")
    (folder / "log.csv").write_text(as_csv(messages(5)))
    with Store(folder / "store.duckdb") as opened:
        import_log(opened, folder / "log.csv")
        yield opened


@pytest.fixture
def about(store: Store, monkeypatch: pytest.MonkeyPatch) -> Delivery:
    """Its delivery, whose rows come in parts of twenty."""
    monkeypatch.setattr(row_export, "_PART_ROWS", 20)
    return delivery(store, "d1")


@pytest.mark.parametrize("selection", SELECTIONS)
@pytest.mark.parametrize("mode", [Mode.WITH_EFS, Mode.WITHOUT_EFS])
@pytest.mark.parametrize("minutes", [75, 500])
def test_the_parts_are_the_rows_selected(
    store: Store, about: Delivery, selection: Selection, mode: Mode, minutes: int
) -> None:
    """Exactly the rows that the page lists, each once, in its order, and as many as it says."""
    at = START + timedelta(minutes=minutes)
    parts = list(all_rows(store, about, selection, mode, at))
    assert all(len(part) == 20 for part in parts[:-1])
    together = pd.concat(parts, ignore_index=True)
    listed = rows(store, about, selection, mode, at, limit=1000)
    assert together["message_key"].to_list() == listed["message_key"].to_list()
    assert together.astype(object).fillna("").equals(listed.astype(object).fillna(""))
    assert len(together) == row_count(store, about, selection, mode, at)


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("descending", [True, False])
def test_the_parts_follow_the_order_asked_for(store: Store, about: Delivery, sort: Sort, *, descending: bool) -> None:
    """Whatever the page is sorted by, so is the file, over all of its parts."""
    parts = all_rows(store, about, Selection(), Mode.WITH_EFS, masked=False, sort=sort, descending=descending)
    together = pd.concat(parts, ignore_index=True)
    listed = rows(store, about, Selection(), Mode.WITH_EFS, limit=1000, masked=False, sort=sort, descending=descending)
    assert together["message_id"].to_list() == listed["message_id"].to_list()
    if sort is Sort.ADDRESS:
        assert together["address"].to_list() == sorted(together["address"], reverse=descending)


def test_addresses_are_masked_unless_asked_for(store: Store, about: Delivery) -> None:
    """In every part."""
    masked = pd.concat(all_rows(store, about, Selection(), Mode.WITH_EFS))
    shown = pd.concat(all_rows(store, about, Selection(), Mode.WITH_EFS, masked=False))
    assert masked["address"].str.match(r"^[a-z]\*\*\*@").all()
    assert not shown["address"].str.contains("*", regex=False).any()


def test_nothing_selected_is_one_frame_without_rows(store: Store, about: Delivery) -> None:
    """So that a file of it has its header."""
    (only,) = all_rows(store, about, Selection(address="nobody"), Mode.WITH_EFS)
    assert (len(only), only.columns.to_list()) == (0, rows(store, about, Kpi.SENT, Mode.WITH_EFS).columns.to_list())


@pytest.mark.parametrize("selection", SELECTIONS)
@pytest.mark.parametrize("minutes", [75, 500])
def test_a_page_knows_how_many_rows_there_are(
    store: Store, about: Delivery, selection: Selection, minutes: int
) -> None:
    """Page by page the rows are those of the whole list; beyond the last page there is the last."""
    at = START + timedelta(minutes=minutes)
    listed = rows(store, about, selection, Mode.WITH_EFS, at, limit=1000)["message_key"].to_list()
    for number in range(1, len(listed) // 10 + 3):
        page = log_page(store, about, selection, Mode.WITH_EFS, at, number=number, page_rows=10)
        last = max(1, -(-len(listed) // 10))
        assert (page.total, page.pages, page.number) == (len(listed), last, min(number, last))
        assert page.rows["message_key"].to_list() == listed[(page.number - 1) * 10 :][:10]
