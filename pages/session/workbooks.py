"""Tables as Excel files, written row by row, so that no more than a row of a file is held in memory."""

from collections.abc import Callable, Iterable
from math import isfinite
from tempfile import TemporaryDirectory
from typing import IO, Any

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pages.session.scratch import scratch_folder

_SHEET_ROWS = 1_048_575
"""An Excel sheet has 1,048,576 rows; the first of them is the header."""
_FIRST_DAY = pd.Timestamp("1899-12-30")
_DAY_SECONDS = 86_400
_WIDTH = 22
_MOST_PRECISE = 2**53
"""Excel holds all numbers as floats: a greater integer would be another one."""
_RUN_WHEN_EDITED = ("=", "+", "-", "@")
_RICH_TEXT = "<r>", "</r>"

Put = Callable[[Worksheet, int, int, Any], object]


def write_workbook(frames: Iterable[pd.DataFrame], file: IO[bytes]) -> None:
    """Write frames that follow one another as one table, which goes on in another sheet where one is full.

    Text stays text, whatever it begins with. Times, which are UTC, are the spreadsheet's own times. Where the frames
    raise, nothing is written and nothing is left on the disk.
    """
    with TemporaryDirectory(prefix="workbook-", dir=scratch_folder()) as folder:
        book = Workbook(file, {"constant_memory": True, "nan_inf_to_errors": True, "tmpdir": folder})
        try:
            _Sheets(book).write(frames)
            book.close()
        finally:
            # Only the book's own end closes what its sheets are gathered in, and one that is given up has none.
            for sheet in book.worksheets():
                sheet.row_data_fh.close()


class _Sheets:
    """The sheets of a workbook, filled one after the other."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._sheet: Worksheet | None = None
        self._row = 0
        self._header = book.add_format({"bold": True})
        self._quoted = book.add_format({"quote_prefix": True})
        self._time = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._span = book.add_format({"num_format": "[h]:mm:ss"})

    def write(self, frames: Iterable[pd.DataFrame]) -> None:
        for frame in frames:
            columns = [self._column(column) for _, column in frame.items()]
            sheet = self._sheet or self._begun_sheet(frame)
            for row in zip(*(cells for _, cells in columns), strict=True):
                if self._row > _SHEET_ROWS:
                    sheet = self._begun_sheet(frame)
                for place, ((put, _), cell) in enumerate(zip(columns, row, strict=True)):
                    if cell is not None:
                        put(sheet, self._row, place, cell)
                self._row += 1

    def _begun_sheet(self, frame: pd.DataFrame) -> Worksheet:
        self._sheet = sheet = self._book.add_worksheet()
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(0, frame.shape[1] - 1), _WIDTH)
        for place, name in enumerate(frame.columns):
            self._put_text(sheet, 0, place, str(name), self._header)
        self._row = 1
        return sheet

    def _column(self, column: pd.Series) -> tuple[Put, list[Any]]:
        """How the cells of a column are written, and what they are: None for those that stay empty."""
        if pd.api.types.is_datetime64_any_dtype(column):
            return self._numbers(self._time), _present(_days(column.dt.tz_localize(None) - _FIRST_DAY))
        if pd.api.types.is_timedelta64_dtype(column):
            return self._numbers(self._span), _present(_days(column))
        return self._put, _present(column)

    @staticmethod
    def _numbers(shown: Format) -> Put:
        return lambda sheet, row, place, cell: sheet.write_number(row, place, cell, shown)

    def _put(self, sheet: Worksheet, row: int, place: int, cell: object) -> None:
        if isinstance(cell, bool):
            sheet.write_boolean(row, place, cell)
        elif isinstance(cell, int | float) and isfinite(cell) and abs(cell) <= _MOST_PRECISE:
            sheet.write_number(row, place, cell)
        else:
            self._put_text(sheet, row, place, str(cell))

    def _put_text(self, sheet: Worksheet, row: int, place: int, text: str, shown: Format | None = None) -> None:
        if text.startswith(_RUN_WHEN_EDITED):
            shown = shown or self._quoted
        # What looks like the library's own rich text would be written as it is, and break the file.
        is_rich = text.startswith(_RICH_TEXT[0]) and text.endswith(_RICH_TEXT[1])
        sheet.write_string(row, place, f"{text} " if is_rich else text, shown)


def _days(spans: pd.Series) -> pd.Series:
    """Spans as Excel counts time: in days."""
    days: pd.Series = spans.dt.total_seconds() / _DAY_SECONDS
    return days


def _present(column: pd.Series) -> list[Any]:
    """The values, None for those that are missing."""
    return column.astype(object).where(column.notna(), None).tolist()
