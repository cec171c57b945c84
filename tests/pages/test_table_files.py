"""Tables as files."""

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pytest
from openpyxl.cell import Cell
from pyarrow import parquet

from pages.session import workbooks
from pages.session.downloads import WritingStoppedError
from pages.session.table_files import TableFormat, csv_file, file_name, table_file, write_table

AT = datetime(2026, 3, 2, 8, 5, 7)
TABLE = pd.DataFrame(
    {
        "date": pd.Series([AT, AT + timedelta(microseconds=5), None], dtype="datetime64[us]"),
        "reason": ["=1+1", 'a "b", c\nd', None],
        "line": pd.Series([-1, 12, None], dtype="Int64"),
        "share": [0.25, -1.5, float("nan")],
        "test_profile": [True, False, True],
    }
)


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which files are gathered."""
    folder = tmp_path / "scratch"
    monkeypatch.setenv("SENDLOG_TEMP", str(folder))
    return folder


def _cells(content: bytes) -> list[list[list[Cell]]]:
    """The cells of each sheet, row by row."""
    return [[list(row) for row in sheet.iter_rows()] for sheet in openpyxl.load_workbook(BytesIO(content))]


def test_a_csv_file_names_the_zone_and_keeps_every_value() -> None:
    """The header says UTC; what is missing is empty; a negative number is no formula."""
    assert csv_file(TABLE).decode() == (
        "date (UTC),reason,line,share,test_profile\r\n"
        "2026-03-02 08:05:07,'=1+1,-1,0.25,True\r\n"
        '2026-03-02 08:05:07.000005,"a ""b"", c\nd",12,-1.5,False\r\n'
        ",,,,True\r\n"
    )


@pytest.mark.parametrize("dtype", ["str", "object", "category"])
@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx"])
def test_cells_that_a_spreadsheet_would_run_are_defused(cell: str, dtype: str) -> None:
    """Text of a log stays text in a spreadsheet, whatever holds it, and so does a header."""
    content = csv_file(pd.DataFrame({cell: [cell, None]}, dtype=dtype)).decode()
    assert [row[:1] for row in csv.reader(StringIO(content, newline=""))] == [[f"'{cell}"], [f"'{cell}"], [""]]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "{=1+1}", "https://x.example", "<r>a & b</r>"])
def test_text_in_an_excel_file_is_text(cell: str) -> None:
    """No formula, no link, no markup; a quote mark of the spreadsheet's own before what it would run once edited."""
    ((header, row),) = _cells(table_file(pd.DataFrame({cell: [cell]}), TableFormat.XLSX))
    for found in (header[0], row[0]):
        assert (found.data_type, str(found.value).strip(), found.hyperlink) == ("s", cell, None)
    assert row[0].quotePrefix == cell.startswith(("=", "+", "-", "@"))


def test_an_excel_file_holds_times_numbers_and_truths_of_its_own() -> None:
    """Times are times, numbers numbers, truths truths; what is missing is empty."""
    ((header, *rows),) = _cells(table_file(TABLE, TableFormat.XLSX))
    assert [cell.value for cell in header] == ["date (UTC)", "reason", "line", "share", "test_profile"]
    assert [cell.value for cell in rows[0]] == [AT, "=1+1", -1, 0.25, True]
    assert [cell.value for cell in rows[2]] == [None, None, None, None, True]
    assert "h" in str(rows[0][0].number_format)


def test_an_excel_file_keeps_long_integers_spans_and_control_characters() -> None:
    """A key longer than a float is text; a span is one; odd characters do not break the file; long text is cut."""
    frame = pd.DataFrame({"key": [2**60 + 1], "span": [timedelta(hours=30)], "text": ["a\x00b\x1b\uffff"]})
    ((_, row),) = _cells(table_file(frame, TableFormat.XLSX))
    assert [row[0].value, row[1].value] == [str(2**60 + 1), timedelta(hours=30)]
    ((_, row),) = _cells(table_file(pd.DataFrame({"text": ["x" * 40_000]}), TableFormat.XLSX))
    assert row[0].value == "x" * 32_767


def test_a_full_sheet_is_followed_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each sheet has the header; together they hold every row once, in order, however the frames were cut."""
    monkeypatch.setattr(workbooks, "_SHEET_ROWS", 10)
    file = BytesIO()
    numbers = pd.DataFrame({"n": range(25)})
    write_table([numbers[:7], numbers[7:23], numbers[23:]], TableFormat.XLSX, file)
    sheets = [[row[0].value for row in sheet] for sheet in _cells(file.getvalue())]
    assert sheets == [["n", *range(10)], ["n", *range(10, 20)], ["n", *range(20, 25)]]


def test_a_parquet_file_holds_what_the_table_holds(tmp_path: Path) -> None:
    """Values as they are, of their own types, and times with their zone; also where the first part has no text."""
    path = tmp_path / "table.parquet"
    with path.open("wb") as file:
        write_table(
            [TABLE[2:].assign(reason=pd.Series([None], [2], dtype=object)), TABLE[:2]], TableFormat.PARQUET, file
        )
    table = parquet.read_table(path)
    assert str(table.schema.field("date (UTC)").type) == "timestamp[us, tz=UTC]"
    assert table["reason"].to_pylist() == [None, "=1+1", 'a "b", c\nd']
    assert table["line"].to_pylist() == [None, -1, 12]
    assert table["test_profile"].to_pylist() == [True, True, False]


def test_a_table_without_rows_has_its_header() -> None:
    """Nothing found is a file with columns."""
    empty = TABLE[:0]
    assert csv_file(empty) == b"date (UTC),reason,line,share,test_profile\r\n"
    assert len(_cells(table_file(empty, TableFormat.XLSX))[0]) == 1
    assert parquet.read_table(BytesIO(table_file(empty, TableFormat.PARQUET))).num_columns == 5


def test_a_zone_is_named_once() -> None:
    """A header that names the zone already stays as it is."""
    assert csv_file(TABLE[:1][["date"]].rename(columns={"date": "Date (UTC)"})).startswith(b"Date (UTC)\r\n")


def test_an_excel_file_is_written_without_shared_strings() -> None:
    """Strings stand in their cells, so that a long table is never held whole."""
    with ZipFile(BytesIO(table_file(TABLE, TableFormat.XLSX))) as archive:
        assert b"inlineStr" in archive.read("xl/worksheets/sheet1.xml")


def test_an_excel_file_that_is_given_up_leaves_nothing(scratch: Path) -> None:
    """Neither a part of it nor the files that its rows were gathered in, which hold addresses."""
    seen: list[Path] = []

    def frames() -> Iterator[pd.DataFrame]:
        yield TABLE
        seen.extend(scratch.glob("*/*"))
        raise WritingStoppedError

    file = BytesIO()
    with pytest.raises(WritingStoppedError):
        write_table(frames(), TableFormat.XLSX, file)
    assert seen
    assert not file.getvalue()
    assert not [left for left in scratch.rglob("*") if left.is_file()]


def test_file_names_take_nothing_odd_from_an_id() -> None:
    """An id from a log does not choose a folder."""
    assert file_name("../<b>x", "course") == "-b-x-course.csv"
