"""Tables as files."""

import re

import pandas as pd

_RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(table: pd.DataFrame) -> bytes:
    """The table as CSV, with a quote before text that a spreadsheet would run."""
    texts = table.select_dtypes(["object", "string"]).columns
    safe = table.assign(**{name: table[name].map(_defused) for name in texts})
    return safe.to_csv(index=False).encode()


def file_name(subject: str, content: str, suffix: str = "csv") -> str:
    """A name for a downloaded file: no more of what it is about, such as a delivery, than any file system takes."""
    return f"{re.sub(r'[^A-Za-z0-9_-]+', '-', subject)[:60]}-{content}.{suffix}"


def _defused(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_RUN_BY_SPREADSHEETS) else cell
