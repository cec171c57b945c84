"""The frame around every page: page config, language and navigation."""

from pathlib import Path

import streamlit as st

from data.errors import SendlogError
from pages.i18n.told import told
from pages.i18n.words import phrase, words
from pages.parts.saved_views import draw_saved_views
from pages.session.address import arrive
from pages.session.language import choose_language, speak
from pages.session.samples import load_samples_at_first_start

_ICON = Path(__file__).parent / "icon.svg"
PAGES = {
    "": ("pages/deliveries/deployment.py", phrase("Deployment")),
    "modes": ("pages/modes/compare_modes.py", phrase("Compare modes")),
    "ledger": ("pages/ledger/change_ledger.py", phrase("Change ledger")),
    "failures": ("pages/failures/failures.py", phrase("Failures")),
    "sending-logs": ("pages/messages/sending_logs.py", phrase("Sending logs")),
    "recipient": ("pages/messages/recipient.py", phrase("Recipient")),
    "tracking": ("pages/tracking/tracking.py", phrase("Tracking")),
    "compare": ("pages/comparison/compare_deliveries.py", phrase("Compare deliveries")),
    "import": ("pages/logs/import.py", phrase("Import")),
}
"""The pages by their place in the URL: file and title. The first one is where a visit begins."""

_REACHED_FROM_OTHERS = {"recipient"}
"""The pages that have no place in the bar, for a page of it leads there."""


def draw_frame() -> None:
    """Draw the page that the address names; trouble is told in one sentence."""
    st.set_page_config(page_title="Sendlog", page_icon=str(_ICON), layout="wide", initial_sidebar_state=320)
    speak()
    # Pages without icons of their own: the browser would fetch those from the web to show them on its tab.
    page = st.navigation(
        [
            st.Page(
                file,
                title=words(title),
                url_path=place,
                default=not place,
                visibility="hidden" if place in _REACHED_FROM_OTHERS else "visible",
            )
            for place, (file, title) in PAGES.items()
        ],
        position="top",
    )
    try:
        arrive(page.url_path)
        load_samples_at_first_start()
        page.run()
        with st.sidebar:
            draw_saved_views({place: file for place, (file, _) in PAGES.items()})
    except SendlogError as error:
        with st.container(border=True, horizontal=True):
            st.badge(words("error"), icon=":material/error:", color="red")
            st.text(told(error.args[0]))  # it may quote a log, so it is no Markdown
    finally:
        with st.sidebar:  # Below what the page puts there, also where the page ends early.
            choose_language()
