"""Who opened and clicked, and when?"""

from enum import StrEnum

import streamlit as st

from analytics.tile import Tile
from analytics.tracking import Tracking
from data.answer_words import why_no_engagement
from data.snapshot import Snapshot
from pages.i18n.told import told as said
from pages.i18n.words import phrase, words
from pages.parts.page import delivery_page
from pages.session.answers import facts_of, tile_of
from pages.session.asked import Filters
from pages.session.choices import segments
from pages.tracking.answers import tracking_of
from pages.tracking.by_hour import draw_by_hour
from pages.tracking.clocks import draw_clocks
from pages.tracking.figures import draw_figures
from pages.tracking.log import draw_log
from pages.tracking.log_link import LOGS, SECTION
from pages.tracking.machines import draw_machines
from pages.tracking.tables import draw_by_domain, draw_by_link


class Section(StrEnum):
    """The sections of the page. The values stand in the URL."""

    HOURS = "hours"
    LINKS = "links"
    DOMAINS = "domains"
    CLOCKS = "clocks"
    MACHINES = "machines"
    LOGS = LOGS


_SECTION_WORDS = {
    Section.HOURS: phrase("By hour"),
    Section.LINKS: phrase("By link"),
    Section.DOMAINS: phrase("By domain"),
    Section.CLOCKS: phrase("The tile's clock"),
    Section.MACHINES: phrase("Likely machines"),
    Section.LOGS: phrase("Tracking logs"),
}


def _chosen_section() -> Section:
    return segments(SECTION, words("Section"), _SECTION_WORDS, Section.HOURS)


def _draw_section(store: Snapshot, asked: Filters, told: Tracking, shown: Tile) -> None:
    section = _chosen_section()
    if section is Section.HOURS:
        draw_by_hour(store, asked, told)
    elif section is Section.LINKS:
        draw_by_link(asked, told)
    elif section is Section.DOMAINS:
        draw_by_domain(store, asked)
    elif section is Section.CLOCKS:
        draw_clocks(store, asked)
    elif section is Section.MACHINES:
        draw_machines(store, asked, told, shown)
    else:
        draw_log(store, asked, told)


with delivery_page(words("Tracking")) as (store, asked):
    untold = why_no_engagement(facts_of(store, asked.delivery))
    if untold is not None:
        st.caption(said(untold))
        st.stop()
    tracked, shown = tracking_of(store, asked), tile_of(store, asked)
    draw_figures(asked, tracked, shown)
    if tracked.hours.empty:
        st.caption(words("No open or click is told up to the chosen moment."))
        st.stop()
    _draw_section(store, asked, tracked, shown)
