"""Every figure on every page opens exactly the rows that it counts."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics.modes import Mode
from analytics.rows import row_count
from data.deliveries import delivery
from data.ingest import import_log
from data.readers.reader import Options
from pages.session.selection_query import selection_from
from pages.session.store import opened_store
from tests.pages.conftest import opened_page
from tests.pages.random_log import VALIDITY_HOURS, random_log

_COUNT = re.compile(r"Opens the ([\d,]+) messages? counted here")
_SIGN_OR_GROUP = re.compile(r"^[+\N{MINUS SIGN}-]|,")
_PLACE = "/sending-logs?"
PAGES = [
    ("", {}),
    ("modes", {}),
    ("ledger", {}),
    *(("failures", {"section": section}) for section in ("breakdown", "retries", "acceptance", "open")),
    *(("tracking", {"section": section}) for section in ("hours", "links", "domains", "clocks", "machines")),
    ("sending-logs", {"log": "causes"}),
    ("compare", {}),
]
VIEWS = [{}, {"efs": "false"}, {"at": "40"}, {"at": "95", "efs": "false"}]


class _Query:
    """The parameters of a link."""

    def __init__(self, text: str) -> None:
        self._values = parse_qs(text, keep_blank_values=True)

    def get_all(self, key: str) -> list[str]:
        """All values of a parameter."""
        return self._values.get(key, [])


@pytest.fixture(scope="module", autouse=True)
def _store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A store with a random log, opened as the pages open it."""
    folder: Path = tmp_path_factory.mktemp("figures")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SENDLOG_STORE", str(folder / "store.duckdb"))
        patch.setenv("SENDLOG_SAMPLES", "no")
        st.cache_resource.clear()
        (folder / "log.csv").write_text(random_log(seed=11))
        import_log(opened_store(), folder / "log.csv", Options(validity_hours=VALIDITY_HOURS))
        yield
        opened_store().close()
        st.cache_resource.clear()


def _rows_behind(text: str) -> int:
    """How many messages a link opens, by what stands in it alone."""
    query = _Query(text)
    about = delivery(opened_store(), query.get_all("delivery")[0])
    mode = Mode.WITHOUT_EFS if query.get_all("efs") == ["false"] else Mode.WITH_EFS
    minutes = query.get_all("at")
    at = about.started_at + timedelta(minutes=int(minutes[0])) if minutes else None
    return row_count(opened_store(), about, selection_from(query), mode, at)


def _links(at: AppTest) -> dict[str, int]:
    """The links of figures to their rows, with the counts that they promise."""
    links = [link.proto for link in at.get("page_link")]
    counts = [(link.query_string, _COUNT.fullmatch(link.help), link.disabled) for link in links]
    return {query: int(told[1].replace(",", "")) for query, told, is_off in counts if told and not is_off}


def _linked_rows(table: pd.DataFrame) -> Iterator[tuple[str, list[int]]]:
    """The links in the rows of a table, each with the counts that stand in its row."""
    for row in table.itertuples(index=False):
        counts = [int(text) for text in (_SIGN_OR_GROUP.sub("", str(value)) for value in row) if text.isdecimal()]
        yield from ((value, counts) for value in row if isinstance(value, str) and value.startswith(_PLACE))


@pytest.mark.parametrize("view", VIEWS, ids=str)
@pytest.mark.parametrize(("page", "parameters"), PAGES, ids=str)
def test_every_figure_opens_the_rows_that_it_counts(
    page: str, parameters: dict[str, str], view: dict[str, str]
) -> None:
    """Of every link on the page, and of every link in its tables: as many rows as the figure beside it says."""
    shown = opened_page(page, delivery="d1", **parameters, **view)
    links = _links(shown)
    for query, count in links.items():
        assert _rows_behind(query) == count, query
    linked = [found for table in shown.dataframe for found in _linked_rows(table.value)]
    for url, counts in linked:
        assert _rows_behind(urlsplit(url).query) in counts, (url, counts)
    assert links or linked


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_the_page_of_rows_counts_what_the_link_promised(view: dict[str, str]) -> None:
    """The Sending logs page itself, opened by the tile's links, says the same number of messages."""
    for query, count in _links(opened_page(delivery="d1", **view)).items():
        shown = opened_page("sending-logs", **parse_qs(query, keep_blank_values=True))
        told = " ".join(caption.value for caption in shown.caption)
        assert re.search(rf"\b{count:,} messages?\b", told), (query, count, told)


@pytest.mark.parametrize(
    ("page", "parameters"), [*PAGES, ("failures", {"section": "hours"}), ("recipient", {})], ids=str
)
def test_every_figure_says_what_it_means(page: str, parameters: dict[str, str]) -> None:
    """Every number has its definition on hover, every chart and table its takeaway in words."""
    recipient = {"address": "u1@mail.example"} if page == "recipient" else {}
    shown = opened_page(page, delivery="d1", **parameters, **recipient)
    assert [metric.label for metric in shown.metric if metric.value and not metric.proto.help] == []
    drawn = [*shown.get("plotly_chart"), *shown.get("dataframe")]
    assert [element.proto.id for element in drawn if not element.proto.alt] == []


@pytest.mark.parametrize(("page", "parameters"), [*PAGES, ("failures", {"section": "hours"})], ids=str)
def test_every_chart_can_be_read_as_a_table_and_kept(page: str, parameters: dict[str, str]) -> None:
    """Beside every chart stand the switch to its table and the menu of its files."""
    shown = opened_page(page, delivery="d1", **parameters)
    charts = len(shown.get("plotly_chart"))
    assert len([toggle for toggle in shown.toggle if toggle.label == "Show as table"]) >= charts
    files = [button.proto.label for button in shown.get("download_button")]
    assert all(files.count(kind) >= charts for kind in ("CSV", "Excel (XLSX)", "Parquet", "Chart (HTML)"))
