"""CSV for people who open it in a spreadsheet: no cell of it can run."""

import pandas as pd

_RUNS = ("=", "+", "-", "@", "\t", "\r")


def defused_csv(rows: pd.DataFrame) -> bytes:
    """The rows as CSV in UTF-8; a text that a spreadsheet would take for a formula gets an apostrophe in front."""
    return rows.map(_defused).to_csv(index=False).encode("utf-8-sig")


def _defused(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_RUNS) else value
