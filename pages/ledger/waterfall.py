"""The section with the waterfall and its entries, each with the way to its rows."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.ledger_entries import By, Entry
from analytics.modes import Kpi
from pages.figures.colours import Colours, colours_of
from pages.figures.waterfall import waterfall_figure
from pages.i18n.formats import moment_text
from pages.i18n.signed import signed_count_text
from pages.i18n.terms import kpi_text
from pages.i18n.words import words
from pages.ledger.answers import Span
from pages.ledger.entry_words import entry_rows
from pages.parts.chart import draw_chart
from pages.parts.columns import Columns, count_column, rows_column
from pages.parts.rows_link import draw_rows_link, rows_url
from pages.session.asked import Filters


def draw_waterfall(
    entries: list[Entry], by: By, span: Span, ends: tuple[int, int], asked: Filters, alt: str, bar: DeltaGenerator
) -> None:
    """Draw it. ends: the counts at both moments; alt: what the chart says; bar: where its controls stand."""
    table = entry_rows(entries, by)
    colours = colours_of(st.context.theme.type)
    names = (moment_text(span.since), moment_text(span.until))
    title = words("{kpi}, messages", kpi=kpi_text(span.kpi))
    figure = waterfall_figure(table, *ends, names, title, _colour(span.kpi, colours), colours)
    told = with_ends(table, ends, names)
    columns: Columns = {
        "label": words("Change"),
        "change": count_column(words("Messages, signed")),
        "count": count_column(words("Count afterwards")),
    }
    clicked = draw_chart("ledger", figure, told, alt, asked=asked, columns=columns, is_clickable=True, bar=bar)
    st.caption(
        words(
            "Hatched: losses. The axis holds what moves and need not begin at 0. A click on a bar shows the way to its "
            "rows."
        )
    )
    for place in clicked[:1]:
        _draw_clicked(entries[int(place)], table["label"][int(place)], asked)


def draw_entries(entries: list[Entry], by: By, asked: Filters) -> None:
    """The entries as a table, each with its rows."""
    table = entry_rows(entries, by)
    table = table.assign(
        change=table["change"].map(signed_count_text),
        rows=[rows_url(asked, entry.selection) for entry in entries],
    )
    columns: Columns = {
        "label": words("Change"),
        "change": st.column_config.TextColumn(words("Messages, signed"), alignment="right"),
        "rows": rows_column(),
    }
    st.dataframe(
        table[["label", "change", "rows"]],
        hide_index=True,
        column_config=columns,
        height="content",
        alt=words("The entries of the ledger, each with the way to its rows"),
    )


def with_ends(table: pd.DataFrame, ends: tuple[int, int], names: tuple[str, str]) -> pd.DataFrame:
    """The entries between both counts, with the count after each."""
    start, end = ends
    told = table[["label", "change"]].assign(count=start + table["change"].cumsum())
    first, last = (
        {"label": [name], "change": [0], "count": [count]} for name, count in zip(names, (start, end), strict=True)
    )
    return pd.concat([pd.DataFrame(first), told, pd.DataFrame(last)], ignore_index=True)


def _draw_clicked(entry: Entry, label: str, asked: Filters) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(label, width="content")
        draw_rows_link(asked, entry.selection, entry.messages)


def _colour(kpi: Kpi, colours: Colours) -> str:
    return {Kpi.DELIVERED: colours.delivered, Kpi.BOUNCES_ERRORS: colours.failed}.get(kpi, colours.in_flight)
