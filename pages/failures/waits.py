"""How long was waited for retries."""

import pandas as pd
import streamlit as st

from analytics.retries import RESULTS
from data.events import Kind
from pages.failures.result_stacks import result_stack
from pages.failures.span_words import span_end_text, wait_text
from pages.figures.colours import colours_of
from pages.figures.stacked_bars import stacked_bars
from pages.i18n.words import words
from pages.parts.chart import draw_chart
from pages.parts.columns import Columns
from pages.session.asked import Filters


def draw_waits(asked: Filters, waits: pd.DataFrame) -> None:
    """Draw the retries by the time waited for them. waits: of analytics.retries.waiting_times()."""
    colours = colours_of(st.context.theme.type)
    wide = waits.pivot_table(index="span", columns="kind", values="messages", aggfunc="sum", fill_value=0)
    wide = wide.reindex(
        index=range(int(waits["span"].max()) + 1), columns=[kind.value for kind in RESULTS], fill_value=0
    ).astype(int)
    labels = [wait_text(place) for place in wide.index]
    stacks = [result_stack(kind, wide[kind.value].tolist(), colours) for kind in RESULTS]
    figure = stacked_bars(labels, stacks, colours, upright=True, title=words("Waited since the attempt before"))
    usual = int(wide.sum(axis=1).argmax())
    alt = words("The most common wait: {span}.", span=labels[usual])
    st.subheader(words("Waiting times between attempts"))
    table = wide.assign(span=labels).reset_index(drop=True)[["span", *(kind.value for kind in RESULTS)]]
    columns: Columns = {
        "span": words("Waited since the attempt before"),
        Kind.DELIVERED.value: words("Accepted"),
        Kind.DEFERRED.value: words("Deferred"),
        Kind.BOUNCED.value: words("Bounced"),
    }
    draw_chart("failures-waits", figure, table, alt, asked=asked, columns=columns)
    st.caption(f"{alt} {words('Counted are attempts, not messages.')} {span_end_text()}")
