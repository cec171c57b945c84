"""Why did a count move between then and now?"""

import streamlit as st

from analytics.ledger_entries import By, entries
from pages.i18n.terms import mode_text
from pages.i18n.words import words
from pages.ledger.answers import changes_of, count_of
from pages.ledger.controls import chosen_by, chosen_span
from pages.ledger.entry_words import largest_text, moved_text
from pages.ledger.waterfall import draw_entries, draw_waterfall
from pages.parts.page import delivery_page

with delivery_page(words("Change ledger")) as (store, asked):
    span = chosen_span(asked)
    changes = changes_of(store, asked, span)
    before, after = (count_of(store, asked, span.kpi, at) for at in (span.since, span.until))
    by_all = {by: entries(changes, by, span.since, span.until) for by in By}
    told = moved_text(span, before, after)

    st.text(told)
    st.text(largest_text(by_all, after - before))  # it may hold a log's text, so it is no Markdown
    st.caption(
        words("{mode}. Each bar is as many messages as its rows, and they add up exactly.", mode=mode_text(asked.mode))
    )
    bar = st.container(horizontal=True, vertical_alignment="center")
    with bar:
        by = chosen_by()
    if by_all[by]:
        draw_waterfall(by_all[by], by, span, (before, after), asked, told, bar)
        draw_entries(by_all[by], by, asked)
