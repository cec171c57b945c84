"""Why do the two numbers differ, and which messages are the difference?"""

import streamlit as st

from pages.deliveries.standing import standing
from pages.i18n.formats import moment_text
from pages.i18n.words import words
from pages.modes.answers import counts_of, ends_of, gap_of, readings_of, steps_of
from pages.modes.band import draw_band
from pages.modes.base_table import draw_bases
from pages.modes.gap_metrics import draw_gap_metrics, draw_parts
from pages.modes.provider import draw_provider
from pages.modes.sentences import closing_sentence, counting_sentence, gap_sentence
from pages.modes.step_table import draw_steps
from pages.parts.page import delivery_page
from pages.session.answers import facts_of, state_counts_of

with delivery_page(words("Compare modes")) as (store, asked):
    delivery = asked.delivery
    at_last = state_counts_of(store, delivery, delivery.observed_until, with_test_profiles=asked.with_test_profiles)
    latest = standing(delivery, facts_of(store, delivery), at_last, delivery.observed_until)
    counts = counts_of(store, asked)
    gap = gap_of(counts)
    made_of = gap_sentence(gap, asked)

    st.markdown(" ".join([words("As of {at}.", at=moment_text(asked.at)), counting_sentence(counts, asked)]))
    draw_gap_metrics(counts, asked)
    st.markdown(" ".join([made_of, closing_sentence(gap, asked, ends_of(store, asked))]))
    draw_parts(gap, asked)
    draw_provider(store, asked, gap)
    draw_band(store, asked, latest, made_of)
    draw_steps(steps_of(store, asked), asked)
    draw_bases(readings_of(counts, asked), asked)
