"""Is this normal at this age?"""

import streamlit as st

from analytics.comparison import still_relaying
from pages.comparison.answers import last_tiles_of
from pages.comparison.chosen import chosen_measure, chosen_others
from pages.comparison.curves import draw_curves
from pages.comparison.figures import draw_figures
from pages.comparison.place import place_of
from pages.comparison.place_words import place_words, projection_words
from pages.comparison.table import draw_deliveries
from pages.i18n.words import words
from pages.parts.page import delivery_page
from pages.session.answers import known_deliveries

with delivery_page(words("Compare deliveries")) as (store, asked):
    with st.container(horizontal=True, vertical_alignment="bottom"):
        measure = chosen_measure()
        known = known_deliveries(store)
        others = chosen_others(known, still_relaying(known, last_tiles_of(store, asked)), asked)
    place = place_of(store, asked, others, measure)
    st.markdown(f"{place_words(place)} {projection_words(place)}")
    draw_figures(asked, place)
    draw_curves(store, asked, others, place)
    draw_deliveries(store, asked)
    st.caption(
        words("Each delivery at the last moment that its own logs speak of, in the mode and base of the sidebar.")
    )
