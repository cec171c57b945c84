"""Messages still open at the chosen moment, and when they end at the latest."""

from datetime import datetime

import pandas as pd
import streamlit as st

from analytics.open_messages import OPEN_STATES, open_since
from data.snapshot import Snapshot
from data.states import State
from pages.failures.answers import open_of
from pages.figures.colours import colours_of
from pages.figures.stacked_bars import Stack, stacked_bars
from pages.i18n.formats import moment_text
from pages.i18n.terms import state_text
from pages.i18n.words import phrase, words
from pages.parts.chart import draw_chart
from pages.parts.columns import Columns, count_column, moment_column, rows_column
from pages.parts.rows_link import rows_url
from pages.parts.table import draw_table
from pages.session.asked import Filters

_MOST_BARS = 48
_WITH_FEEDBACK = phrase("A message in flight when its period ends has no feedback; one being retried has expired then.")
_WITHOUT_FEEDBACK = phrase(
    "The log has no delivery feedback: in flight are all messages that it does not tell as failed or withdrawn, "
    "whether they were accepted or not."
)
_ENDS = phrase("{in_flight} in flight and {retrying} retrying; the last of their validity periods ends {moment}.")
_ENDED = phrase("{in_flight} in flight and {retrying} retrying; the last of their validity periods ended {moment}.")


def draw_open(store: Snapshot, asked: Filters) -> None:
    """Draw those in flight and retrying by the hour of their relay, with the moments at which they end."""
    told = open_of(store, asked)
    if told.empty:
        st.caption(words("No message is open at the chosen moment: each is settled or not relayed yet."))
        return
    in_flight, retrying = (int(told[state.value].sum()) for state in OPEN_STATES)
    alt = _open_text(in_flight, retrying, told["last_end"].max().to_pydatetime(), asked)
    st.caption(f"{alt} {words(_WITH_FEEDBACK if asked.delivery.has_delivery_feedback else _WITHOUT_FEEDBACK)}")
    colours = colours_of(st.context.theme.type)
    shown = told.head(_MOST_BARS)
    looks = {State.IN_FLIGHT: (colours.in_flight, ""), State.RETRYING: (colours.retrying, "/")}
    stacks = [Stack(state_text(state), shown[state.value].tolist(), *looks[state]) for state in OPEN_STATES]
    labels = [moment_text(end.to_pydatetime().replace(second=0, microsecond=0)) for end in shown["last_end"]]
    if len(told) > 1:
        figure = stacked_bars(labels, stacks, colours, upright=False, title=words("Ends at the latest"))
        draw_chart("failures-open", figure, _table(told), alt, asked=asked, columns=_columns())
    ways = {
        f"{state}_rows": [
            rows_url(asked, open_since(asked.delivery, int(hour), state)) if count else None
            for hour, count in zip(told["relay_hour"], told[state.value], strict=True)
        ]
        for state in OPEN_STATES
    }
    order = ["first_end", "last_end", *(name for state in OPEN_STATES for name in (state.value, f"{state}_rows"))]
    draw_table(
        pd.concat([_table(told), pd.DataFrame(ways, index=told.index)], axis=1)[order],
        _columns(),
        key="open-table",
        alt=alt,
    )


def _open_text(in_flight: int, retrying: int, last_end: datetime, asked: Filters) -> str:
    """How many are open, and when the last of their periods ends, or ended."""
    text = _ENDS if asked.at < last_end else _ENDED
    return words(text, in_flight=in_flight, retrying=retrying, moment=moment_text(last_end))


def _table(told: pd.DataFrame) -> pd.DataFrame:
    return told[["first_end", "last_end", *(state.value for state in OPEN_STATES)]]


def _columns() -> Columns:
    return {
        "first_end": moment_column(words("First end (UTC)")),
        "last_end": moment_column(words("Last end (UTC)")),
        **{state.value: count_column(state_text(state)) for state in OPEN_STATES},
        **{f"{state}_rows": rows_column() for state in OPEN_STATES},
    }
