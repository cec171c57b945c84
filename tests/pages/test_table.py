"""Numbers in tables, as the language spoken writes them."""

from typing import Any

import pandas as pd
import pytest
import streamlit as st

from pages.i18n.language import Language, speaking
from pages.parts.columns import Columns, count_column, share_column, with_heads
from pages.parts.table import PERCENT, in_words, under_heads

TABLE = pd.DataFrame({"count": [1204, 7], "share": [0.5359, None], "percent": [4.0, 100.0]}, index=[3, 9])
COLUMNS: Columns = {
    "count": count_column("Count"),
    "share": share_column("Share"),
    "percent": st.column_config.NumberColumn("Percent", format=PERCENT),
}


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (Language.ENGLISH, ["1,204", "53.6\xa0%", "4.0\xa0%"]),
        (Language.GERMAN, ["1.204", "53,6\N{NO-BREAK SPACE}%", "4,0\N{NO-BREAK SPACE}%"]),
    ],
)
def test_numbers_are_written_in_the_language_spoken(language: Language, told: list[str]) -> None:
    """They stay numbers, so that the table sorts them as such."""
    shown: Any
    columns: Any
    with speaking(language):
        shown, columns = in_words(TABLE, COLUMNS)
        html = shown.to_html()
    assert all(f">{text}<" in html for text in told)
    assert shown.data["count"].tolist() == [1204, 7]
    assert all(column["type_config"]["format"] is None for column in columns.values())


def test_what_is_unknown_stands_as_asked() -> None:
    """In counts too, where a table says so."""
    table = pd.DataFrame({"count": pd.array([1204, None], dtype="Int64")})
    shown: Any
    for unknown, expected in ((None, ""), ("?", "?")):
        shown, _ = in_words(table, {"count": count_column("Count")}, unknown)
        assert f">{expected}</td>" in shown.to_html()


def test_a_long_table_is_left_to_the_browser() -> None:
    """With the formats that it knows."""
    long = pd.concat([TABLE] * 200)
    shown, columns = in_words(long, COLUMNS)
    assert shown is long
    assert columns is COLUMNS


def test_numbers_under_a_head_are_written_as_others() -> None:
    """A figure's name stands over its count and the way to its rows, and the count's column has room for both."""
    shown: Any
    columns, heads = with_heads(COLUMNS, TABLE, ["count"])
    shown, _ = in_words(under_heads(TABLE, heads), columns)
    assert list(shown.data) == [("Count", "count"), ("", "share"), ("", "percent")]
    assert all(f">{text}<" in shown.to_html() for text in ["1,204", "53.6\xa0%", "4.0\xa0%"])
    narrow = _width(columns)
    for label, most in (("Put off until somebody answers", 7), ("A", 1_234_567_890)):
        columns, _ = with_heads({"count": count_column(label)}, pd.DataFrame({"count": [most]}), ["count"])
        assert _width(columns) > narrow


def _width(columns: Any) -> int:  # noqa: ANN401 - Streamlit's own kinds of columns
    width: int = columns["count"]["width"]
    return width
