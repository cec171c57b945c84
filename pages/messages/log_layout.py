"""How the columns of the sending log are drawn, and how wide, so that what matters is seen on a small screen."""

import pandas as pd
import streamlit as st

from pages.i18n.words import words
from pages.messages.log_columns import LogColumns
from pages.parts.columns import Columns, moment_column

RECIPIENT = "recipient"
"""The column with the links to the page of the recipient, which is also where that page stands."""
_WIDTHS = {
    "date": 132,
    "address": 156,
    "failure_type": 84,
    "test_profile": 84,
    RECIPIENT: 80,
}
"""The columns' widths in pixels."""
_SMALL_SCREEN = 798
"""What a table gets of a screen of 1280 pixels."""
_LEAST_REASON, _USUAL_REASON = 70, 220
_WIDEST_NAME, _LEAST_NATURE = 108, 112
_LETTER, _PADDING = 7, 17
"""How much wider a letter makes a column, and the space around it."""


def column_config(columns: LogColumns, table: pd.DataFrame) -> Columns:
    """The columns of a table of the log, which are headed in the language spoken."""
    widths = _widths(columns, table)
    texts: Columns = {
        name: st.column_config.TextColumn(heading, width=widths.get(name)) for name, heading in columns.headings.items()
    }
    kinds: Columns = {
        "date": moment_column(columns.headings["date"]),
        "line": st.column_config.NumberColumn(columns.headings["line"], format="%d"),
        RECIPIENT: st.column_config.LinkColumn(
            words("Recipient"),
            display_text=":material/person_search:",
            help=words("All that happened to this address"),
            width=widths[RECIPIENT],
        ),
    }
    if "test_profile" in columns.headings:
        heading = columns.headings["test_profile"]
        kinds["test_profile"] = st.column_config.CheckboxColumn(heading, width=widths["test_profile"])
    return texts | kinds


def _widths(columns: LogColumns, table: pd.DataFrame) -> dict[str, int]:
    """How wide the columns are: the reason has what the others leave of a small screen, where its end is cut off."""
    drawn = {name: width for name, width in _WIDTHS.items() if name in table}
    for name in {"status", "state"} & set(columns.headings):
        drawn[name] = min(_WIDEST_NAME, _words_width(columns, table, name))
    roomy = _SMALL_SCREEN - sum(drawn.values()) - _USUAL_REASON
    nature = "nature_of_failure"
    drawn[nature] = min(max(_LEAST_NATURE, roomy), _words_width(columns, table, nature))
    return drawn | {"reason": max(_LEAST_REASON, _SMALL_SCREEN - sum(drawn.values()))}


def _words_width(columns: LogColumns, table: pd.DataFrame, name: str) -> int:
    """What a column needs to show its heading and all that stands in it."""
    return _PADDING + _LETTER * max(map(len, [columns.headings[name], *table[name].fillna("")]))
