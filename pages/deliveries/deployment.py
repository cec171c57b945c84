"""How is this delivery doing, and what did the tile show at any moment?"""

import streamlit as st

from data.answer_words import answers, why_no_engagement
from data.snapshot import held_still
from pages.deliveries.about import draw_about
from pages.deliveries.course import draw_course
from pages.deliveries.message_rows import draw_asked_rows
from pages.deliveries.recomputed import draw_compute_stats, draw_recomputed
from pages.deliveries.standing import standing
from pages.deliveries.status import draw_notes, draw_relay, draw_standing
from pages.deliveries.tile_row import draw_rest, draw_tile
from pages.session.answers import course_of, facts_of, state_counts_of, tile_of
from pages.session.filters import chosen_filters
from pages.session.samples import load_samples
from pages.session.store import opened_store

# All that a run shows stems from one version of the data, even if an import ends in between.
with held_still(opened_store()) as store:
    asked = chosen_filters(store)
    if asked is None:
        st.title("Deployment")
        st.caption("There is no delivery yet. Import a sending log, or load the sample logs to look around.")
        with st.container(horizontal=True):
            st.page_link("pages/logs/import.py", label="Go to Import", icon=":material/upload_file:")
            if st.button("Load the sample logs", icon=":material/science:"):
                load_samples(store.live)
                st.rerun()
        st.stop()
    delivery, with_tests = asked.delivery, asked.with_test_profiles

    shown = tile_of(store, asked)
    facts = facts_of(store, delivery)
    now, latest = (
        standing(delivery, facts, state_counts_of(store, delivery, at, with_test_profiles=with_tests), at)
        for at in (asked.at, delivery.observed_until)
    )

    with st.container(horizontal=True, vertical_alignment="center"):
        st.header("Deployment", width="content")
        draw_standing(delivery, now)
    draw_about(answers(facts))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        draw_relay(shown)
        draw_compute_stats(asked)
    draw_recomputed(asked)
    draw_tile(shown, course_of(store, asked), delivery.started_at, why_no_engagement(facts))
    draw_rest(shown)
    draw_course(store, asked, shown, latest)
    draw_notes(asked, now)
    draw_asked_rows(asked)
