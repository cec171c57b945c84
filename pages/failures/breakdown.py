"""What failed, by type, reason, reply code or recipient domain."""

import pandas as pd
import streamlit as st

from analytics.failure_rows import selection_of
from analytics.failure_shares import with_shares
from analytics.failures import Dimension, Fate, breakdown
from data.snapshot import Snapshot
from pages.failures.answers import codes_of, domains_of, failures_of
from pages.failures.breakdown_words import (
    DIMENSION_WORDS,
    FIGURES,
    adds_up_text,
    breakdown_columns,
    takeaway_text,
    value_text,
)
from pages.failures.put_off import retrying_text
from pages.figures.colours import colours_of
from pages.figures.stacked_bars import Stack, stacked_bars
from pages.i18n.words import words
from pages.parts.chart import control_row, draw_chart
from pages.parts.columns import with_heads
from pages.parts.rows_link import rows_url
from pages.parts.table import draw_table
from pages.session.answers import tile_of
from pages.session.asked import Filters
from pages.session.choices import segments

_COLUMNS = {
    Dimension.DOMAIN: "recipient_domain",
    Dimension.REASON: "reason",
    Dimension.TYPE: "type",
    Dimension.CODE: "code",
}
_ORDER = ["value", "bounces_errors", "share", "base", *Fate]
_MOST_BARS = 15


def draw_breakdown(store: Snapshot, asked: Filters) -> None:
    """Draw the bars of the chosen dimension, and all of its values as a table whose figures open their rows."""
    choices, bar = control_row()
    with choices:
        dimension = segments("by", words("Told apart by"), DIMENSION_WORDS, Dimension.DOMAIN)
    told = codes_of(store, asked) if dimension is Dimension.CODE else failures_of(store, asked)
    if told.empty:
        st.caption(words("No message is failed, being retried or recovered at the chosen moment."))
        return
    table = _with_shares(store, asked, breakdown(told, _COLUMNS[dimension], asked.mode), dimension)
    named = table.assign(value=[value_text(dimension, value) for value in table["value"]])
    columns, alt = breakdown_columns(dimension, asked), takeaway_text(named)
    shown = named.head(_MOST_BARS)
    figure = stacked_bars(
        shown["value"].tolist(), _stacks(shown, asked), colours_of(st.context.theme.type), upright=False, title=""
    )
    draw_chart("failures-breakdown", figure, named, alt, asked=asked, columns=columns, bar=bar)
    st.caption(adds_up_text(asked.mode, told, dimension, tile_of(store, asked).bounces_errors))
    ways = _with_ways(asked, named, table["value"], dimension)
    columns, heads = with_heads(columns, named, FIGURES[asked.mode])
    heads |= dict.fromkeys(("share", "base"), heads["bounces_errors"])
    draw_table(ways, columns, key="failures-breakdown-table", alt=alt, heads=heads)


def _with_shares(store: Snapshot, asked: Filters, table: pd.DataFrame, dimension: Dimension) -> pd.DataFrame:
    """The table with the share (in percent) of the domain's or the delivery's base."""
    bases: int | pd.Series = tile_of(store, asked).base_count
    if dimension is Dimension.DOMAIN:
        bases = domains_of(store, asked).set_index("recipient_domain")["base_count"]
    told = with_shares(table, bases)
    return told.assign(share=told["share"] * 100)[_ORDER]


def _with_ways(asked: Filters, named: pd.DataFrame, values: pd.Series, dimension: Dimension) -> pd.DataFrame:
    """The table with the way to the rows beside each figure, where it counts any."""
    figures = FIGURES[asked.mode]
    columns: dict[str, object] = {}
    for name in named:
        columns[str(name)] = named[name]
        if name in figures:
            columns[f"{name}_rows"] = [
                rows_url(asked, selection_of(figures[str(name)], dimension, value)) if count else None
                for value, count in zip(values, named[name], strict=True)
            ]
    return pd.DataFrame(columns)


def _stacks(table: pd.DataFrame, asked: Filters) -> list[Stack]:
    colours = colours_of(st.context.theme.type)
    return [
        Stack(words("Failed for good"), table[Fate.FAILED].tolist(), colours.failed, ""),
        Stack(retrying_text(asked.mode), table[Fate.RETRYING].tolist(), colours.retrying, "/"),
        Stack(words("Recovered"), table[Fate.RECOVERED].tolist(), colours.delivered, "."),
    ]
