"""How is this delivery doing, and what did the tile show at any moment?"""

import streamlit as st

from data.answer_words import answers
from pages.deliveries.about import draw_about
from pages.deliveries.course import draw_course
from pages.deliveries.recomputed import draw_compute_stats, draw_recomputed
from pages.deliveries.standing import standing
from pages.deliveries.status import draw_gap, draw_notes, draw_relay, draw_standing
from pages.deliveries.tile_row import draw_rest, draw_tile
from pages.i18n.words import words
from pages.parts.annotation_editor import draw_annotations
from pages.parts.page import delivery_page
from pages.report.report import draw_report_button
from pages.session.answers import course_of, facts_of, state_counts_of, tile_of

with delivery_page() as (store, asked):
    delivery, with_tests = asked.delivery, asked.with_test_profiles

    shown = tile_of(store, asked)
    facts = facts_of(store, delivery)
    now, latest = (
        standing(delivery, facts, state_counts_of(store, delivery, at, with_test_profiles=with_tests), at)
        for at in (asked.at, delivery.observed_until)
    )

    with st.container(horizontal=True, vertical_alignment="center"):
        st.header(words("Deployment"), width="content")
        draw_standing(delivery, now)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        draw_relay(shown)
        draw_annotations(store, asked)
        draw_compute_stats(asked)
        draw_report_button(asked)
    draw_recomputed(asked)
    draw_tile(asked, shown, course_of(store, asked), facts)
    draw_rest(asked, shown)
    draw_gap(asked, now)
    draw_course(store, asked, shown, now, latest)
    draw_notes(asked, now)
    draw_about(answers(facts))
