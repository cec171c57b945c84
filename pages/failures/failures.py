"""What failed, where, for which reason, and is one provider having an incident?"""

from collections.abc import Callable
from enum import StrEnum

import streamlit as st

from data.snapshot import Snapshot
from pages.failures.acceptance import draw_acceptance
from pages.failures.alerts import alerts
from pages.failures.answers import domains_of, failures_of
from pages.failures.breakdown import draw_breakdown
from pages.failures.cause import main_cause
from pages.failures.hours import draw_hours
from pages.failures.incident_list import draw_incidents
from pages.failures.put_off import put_off_text
from pages.failures.retried import draw_retries
from pages.failures.still_open import draw_open
from pages.i18n.formats import moment_text
from pages.i18n.terms import base_text
from pages.i18n.words import phrase, words
from pages.parts.page import delivery_page
from pages.session.answers import tile_of
from pages.session.asked import Filters
from pages.session.choices import segments


class Section(StrEnum):
    """The sections of the page. The values stand in the URL."""

    BREAKDOWN = "breakdown"
    HOURS = "hours"
    RETRIES = "retries"
    ACCEPTANCE = "acceptance"
    OPEN = "open"


_SECTION_WORDS = {
    Section.BREAKDOWN: phrase("What failed"),
    Section.HOURS: phrase("By hour, incidents"),
    Section.RETRIES: phrase("Retries"),
    Section.ACCEPTANCE: phrase("Time to acceptance"),
    Section.OPEN: phrase("Still open"),
}


def _draw_cause(store: Snapshot, asked: Filters) -> None:
    """Draw the main cause and the alerts. It quotes a log, so it is no Markdown."""
    told, shown = failures_of(store, asked), tile_of(store, asked)
    sent = domains_of(store, asked).set_index("recipient_domain")["sent"]
    st.text(main_cause(told, sent, asked.mode))
    if put_off := put_off_text(told, sent, asked.mode):
        st.text(put_off)
    beyond = alerts(told, shown.base_count, base_text(asked.base), asked.mode)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for alert in beyond:
            st.badge(alert, icon=":material/notification_important:", color="orange")
        st.caption(words("As of {moment}.", moment=moment_text(asked.at)))


def _chosen_section() -> Section:
    return segments("section", words("Section"), _SECTION_WORDS, Section.BREAKDOWN)


def _draw_hours(store: Snapshot, asked: Filters) -> None:
    draw_hours(store, asked)
    draw_incidents(store, asked)


_DRAWN: dict[Section, Callable[[Snapshot, Filters], None]] = {
    Section.BREAKDOWN: draw_breakdown,
    Section.HOURS: _draw_hours,
    Section.RETRIES: draw_retries,
    Section.ACCEPTANCE: draw_acceptance,
    Section.OPEN: draw_open,
}


# They tell nothing but acceptances and retries.
_OF_FEEDBACK = (Section.RETRIES, Section.ACCEPTANCE)


with delivery_page(words("Failures")) as (store, asked):
    _draw_cause(store, asked)
    section = _chosen_section()
    if section in _OF_FEEDBACK and not asked.delivery.has_delivery_feedback:
        st.caption(words("The log has no delivery feedback: it tells neither of acceptances nor of retries."))
    else:
        _DRAWN[section](store, asked)
