"""How soon after the acceptance messages are opened, and which opens are likely a machine's."""

from collections.abc import Hashable
from typing import Any

import pandas as pd
import streamlit as st

from analytics.engagement import MACHINE_WITHIN
from analytics.tile import Tile
from analytics.tracking import Tracking
from analytics.tracking_rows import Conditions, Listed
from data.snapshot import Snapshot
from pages.figures.colours import colours_of
from pages.figures.opening_delays import delay_figure, delay_words
from pages.i18n.formats import count_text, share_text
from pages.i18n.words import messages_text, words
from pages.parts.chart import draw_chart
from pages.parts.columns import Columns, rows_column
from pages.session.asked import Filters
from pages.tracking.answers import delays_of
from pages.tracking.figures import machine_rule
from pages.tracking.log_link import draw_log_button, log_url


def draw_machines(store: Snapshot, asked: Filters, told: Tracking, shown: Tile) -> None:
    """Draw the times from acceptance to first open, with the rule and what it leaves open."""
    delays, unplaced = delays_of(store, asked)
    st.caption(f"{machine_rule()} {_effect(told, shown)} {_unjudged(told)}")
    if delays.empty:
        st.caption(words("No message was opened after a known acceptance, so there is nothing to show."))
        return
    figure = delay_figure(delays, MACHINE_WITHIN, colours_of(st.context.theme.type))
    alt = _takeaway(delays)
    table = delays.assign(rows=[log_url(asked, _first(step)) for step in delays["step"]]).drop(columns="step")
    clicked = draw_chart("tracking-delays", figure, table, alt, asked=asked, columns=_columns(), is_clickable=True)
    st.caption(f"{alt} {words('Click a bar for its rows.')}{_rest(unplaced)}")
    for row in delays[delays["step"].isin(clicked)].to_dict("records"):
        _draw_step(asked, row)


def _first(step: int) -> Conditions:
    return Conditions(Listed.FIRST, delay=step)


def _draw_step(asked: Filters, row: dict[Hashable, Any]) -> None:
    count = int(row["messages"])
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="delay-rows"):
        span = delay_words(row["longer_than"], row["within"])
        st.caption(words("First opened after {span}:", span=span), width="content")
        draw_log_button("step", asked, _first(int(row["step"])), count, messages_text(count))


def _effect(told: Tracking, shown: Tile) -> str:
    alone = told.total["opened"] - told.total["opened_without_machines"]
    rates = (
        share_text(told.total[name] / shown.delivered if shown.delivered else None)
        for name in ("opened", "opened_without_machines")
    )
    return words(
        "Of {opened} messages opened, {alone} were opened by likely machines alone: the open rate is {rate} with them "
        "and {rest} without.",
        opened=told.total["opened"],
        alone=alone,
        **dict(zip(("rate", "rest"), rates, strict=True)),
    )


def _unjudged(told: Tracking) -> str:
    count = told.total["unjudged"]
    if not count:
        return words("The acceptance of every message opened is known.")
    return words("{messages} opened without a known acceptance cannot be judged.", messages=messages_text(count))


def _takeaway(delays: pd.DataFrame) -> str:
    soon = int(delays.loc[delays["within"] <= MACHINE_WITHIN.total_seconds(), "messages"].sum())
    return words(
        "{soon} of {count} messages were first opened within {seconds} seconds after their acceptance.",
        soon=count_text(soon),
        count=count_text(int(delays["messages"].sum())),
        seconds=int(MACHINE_WITHIN.total_seconds()),
    )


def _rest(unplaced: int) -> str:
    if not unplaced:
        return ""
    told = words("Not shown: {messages} opened before or without a known acceptance.", messages=messages_text(unplaced))
    return f" {told}"


def _columns() -> Columns:
    return {
        "longer_than": words("Longer than, seconds"),
        "within": words("At most, seconds"),
        "messages": words("Messages"),
        "rows": rows_column(),
    }
