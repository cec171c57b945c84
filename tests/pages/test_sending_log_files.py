"""The files of the Sending logs page: exactly the rows that are filtered, as of the chosen moment."""

import csv
import threading
from datetime import datetime
from io import BytesIO, StringIO

import openpyxl
import pytest
from pyarrow import parquet
from starlette.exceptions import HTTPException

from pages.i18n.language import Language, ask_language_of
from pages.session.downloads import OFFERS, WritingStoppedError
from tests.pages.logs import SETTLING_LOG
from tests.pages.sending_logs import LANGUAGES, NASTY, Opened, downloaded, listed_addresses, offered_files, open_logs

BOUNCED = f"bounced,2026-03-02T08:50:00Z,m8,=cmd@{'x' * 3}.example,DM1,,{NASTY},hard\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_hold_exactly_the_rows_that_are_filtered(page: Opened, language: str) -> None:
    """All of them and not the page alone, in their order and of the same values, in each format."""
    log = SETTLING_LOG + "".join(f"relayed,2026-03-02T08:00:00Z,n{n},v{n:03}@b.example,DM1,,,\n" for n in range(230))
    at = open_logs(
        page, log + BOUNCED, lang=language, domain=["b.example", "xxx.example"], sort="address", order="desc"
    )
    at.toggle(key="show_addresses").set_value(True)
    ask_language_of(lambda: Language(language))  # AppTest asks for the words of the widgets outside of the session.
    at.run()
    expected = [f"v{n:03}@b.example" for n in reversed(range(230))] + ["=cmd@xxx.example"]
    links = offered_files(at)
    header, *rows = csv.reader(StringIO(downloaded(links["csv"]).decode(), newline=""))
    assert [row[3] for row in rows] == [*expected[:-1], "'=cmd@xxx.example"]
    assert rows[-1][4] == NASTY
    table = parquet.read_table(BytesIO(downloaded(links["parquet"])))
    assert table.column_names == header
    assert table[header[3]].to_pylist() == expected
    assert [str(moment)[:19] for moment in table[header[0]].to_pylist()] == [row[0] for row in rows]
    sheet = openpyxl.load_workbook(BytesIO(downloaded(links["xlsx"]))).worksheets[0]
    cells = list(sheet.iter_rows(values_only=True))
    assert list(cells[0]) == header
    assert [row[3] for row in cells[1:]] == expected
    assert cells[1][0] == datetime(2026, 3, 2, 8)


def test_a_file_is_as_of_the_chosen_moment(page: Opened) -> None:
    """Like the page."""
    at = open_logs(page, SETTLING_LOG, kpi="delivered", at="12")
    assert len(downloaded(offered_files(at)["csv"]).decode().splitlines()) == 1 + len(listed_addresses(at)) == 1 + 3


def test_what_nobody_waits_for_is_not_written(page: Opened) -> None:
    """A download that is given up stops at its next part, and a link of another server is no longer good."""
    at = open_logs(page, SETTLING_LOG)
    ticket = offered_files(at)["csv"].split("/")[2]
    offered, stopped = OFFERS.download(ticket), threading.Event()
    assert offered is not None
    stopped.set()
    with pytest.raises(WritingStoppedError):
        offered.write(BytesIO(), stopped)
    with pytest.raises(HTTPException):
        downloaded("/exports/unknown/x.csv")
