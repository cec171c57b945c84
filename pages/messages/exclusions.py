"""The causes of exclusion: how many messages each kept from being sent, and the way to them."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from analytics.exclusions import Exclusions, exclusions, selection_of
from data.snapshot import Snapshot
from pages.i18n.formats import share_text
from pages.i18n.words import messages_text, plural, words
from pages.messages.recipient_link import draw_standing
from pages.messages.selection_words import nature_text
from pages.parts.columns import count_column, rows_column
from pages.parts.downloads import draw_downloads
from pages.parts.rows_link import rows_url
from pages.session.answers import answer_at
from pages.session.asked import Filters


def exclusions_of(store: Snapshot, asked: Filters) -> Exclusions:
    """The exclusions of the chosen delivery at the chosen moment."""
    return answer_at(store, asked, "exclusions", exclusions)


def draw_causes(store: Snapshot, asked: Filters, menu: DeltaGenerator) -> None:
    """Draw the causes. menu: where their files are offered."""
    told = exclusions_of(store, asked)
    draw_standing(asked, _standing_text(told))
    if told.causes.empty:
        return
    causes = told.causes["cause"]
    table = told.causes.assign(cause=causes.map(nature_text))
    links = [rows_url(asked, selection_of(cause)) for cause in causes]
    with menu:
        draw_downloads("exclusion-causes", table, asked.delivery.delivery_id)
    st.dataframe(
        table.assign(share=told.causes["share"].map(share_text), rows=links),
        hide_index=True,
        column_config={
            "cause": st.column_config.TextColumn(words("Exclusion cause"), width="large"),
            "messages": count_column(words("Messages")),
            "share": st.column_config.TextColumn(
                words("Share of the target"),
                help=words("Messages excluded for this cause ÷ all messages targeted, excluded or not"),
                alignment="right",
            ),
            "rows": rows_column(),
        },
        placeholder="",
        alt=_standing_text(told),
        key="exclusion_causes",
    )


def _standing_text(told: Exclusions) -> str:
    """How many are excluded, of how many."""
    if not told.excluded:
        return words("Nobody was excluded from this delivery.")
    return plural(
        "{count} of {targeted} was excluded before any attempt: {share} of the target.",
        "{count} of {targeted} were excluded before any attempt: {share} of the target.",
        told.excluded,
        targeted=messages_text(told.targeted),
        share=share_text(told.excluded / told.targeted),
    )
