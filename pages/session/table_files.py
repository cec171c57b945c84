"""Tables as files: of one frame, or of many that follow one another, of which only one at a time is held.

Frames that follow one another have the same columns; at least one is given, which may be empty. Times in them are UTC,
and the header of their column says so. What a log tells stays text in a spreadsheet.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from io import BytesIO
from typing import IO

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from pages.session.workbooks import write_workbook

_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n")
_WHOLE_SECOND = ".000000"


class TableFormat(StrEnum):
    """The formats of a table; the value is the file's extension."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


FORMAT_NAMES = {TableFormat.CSV: "CSV", TableFormat.XLSX: "Excel (XLSX)", TableFormat.PARQUET: "Parquet"}
"""What people call the formats, in any language."""
MIME_TYPES = {
    TableFormat.CSV: "text/csv",
    TableFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    TableFormat.PARQUET: "application/vnd.apache.parquet",
}


def table_file(frame: pd.DataFrame, table_format: TableFormat) -> bytes:
    """The table as a file.

    In CSV a quote stands before text that a spreadsheet would run; in an Excel file no text is a formula, whatever it
    begins with; Parquet holds the table as it is, and its times carry their zone.
    """
    file = BytesIO()
    write_table([frame], table_format, file)
    return file.getvalue()


def csv_file(frame: pd.DataFrame) -> bytes:
    """The table as CSV, as of table_file()."""
    return table_file(frame, TableFormat.CSV)


def write_table(frames: Iterable[pd.DataFrame], table_format: TableFormat, file: IO[bytes]) -> None:
    """Write a table to an open file, frame by frame."""
    _WRITERS[table_format]((_zoned(frame) for frame in frames), file)


def file_name(subject: str, content: str, suffix: str = "csv") -> str:
    """A name for a downloaded file: no more of what it is about, such as a delivery, than any file system takes."""
    return f"{re.sub(r'[^A-Za-z0-9_-]+', '-', subject)[:60]}-{content}.{suffix}"


def _zoned(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with UTC in the header of every column of times."""
    times = [str(name) for name in frame.select_dtypes(["datetime", "datetimetz"]) if "UTC" not in str(name)]
    return frame.rename(columns={name: f"{name} (UTC)" for name in times})


def _write_csv(frames: Iterable[pd.DataFrame], file: IO[bytes]) -> None:
    for place, frame in enumerate(frames):
        texts = pd.DataFrame({_defused(str(name)): _csv_texts(column) for name, column in frame.items()})
        # The line ends of RFC 4180: with others, a carriage return within a text would not be quoted.
        file.write(texts.to_csv(index=False, header=not place, lineterminator="\r\n").encode())


def _csv_texts(column: pd.Series) -> pd.Series:
    """A column as it is to stand in a CSV file."""
    if pd.api.types.is_datetime64_any_dtype(column):
        # As ISO writes it, but for the T: so spreadsheets take it for a time. Parts of a second where there are some.
        moments: pd.Series = column.dt.strftime("%Y-%m-%d %H:%M:%S.%f").str.removesuffix(_WHOLE_SECOND)
        return moments
    if isinstance(column.dtype, pd.StringDtype):
        return column.mask(column.str.startswith(_RUN_BY_SPREADSHEETS).fillna(value=False), "'" + column)
    if isinstance(column.dtype, pd.CategoricalDtype) or column.dtype == object:
        return column.astype(object).map(_defused)
    return column


def _defused(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_RUN_BY_SPREADSHEETS) else cell


def _write_parquet(frames: Iterable[pd.DataFrame], file: IO[bytes]) -> None:
    writer: parquet.ParquetWriter | None = None
    try:
        for frame in frames:
            times = frame.select_dtypes("datetime")
            zoned = frame.assign(**{str(name): times[name].dt.tz_localize("UTC") for name in times})
            schema = writer.schema if writer else _schema(zoned)
            writer = writer or parquet.ParquetWriter(file, schema, compression="zstd")
            writer.write_table(pa.Table.from_pandas(zoned, schema, preserve_index=False))
    finally:
        if writer:
            writer.close()


def _schema(frame: pd.DataFrame) -> pa.Schema:
    """The columns of a Parquet file by the first of its frames: what is empty there holds text later, if anything."""
    schema = pa.Schema.from_pandas(frame, preserve_index=False).remove_metadata()
    return pa.schema([field.with_type(pa.string()) if pa.types.is_null(field.type) else field for field in schema])


_WRITERS = {TableFormat.CSV: _write_csv, TableFormat.XLSX: write_workbook, TableFormat.PARQUET: _write_parquet}
