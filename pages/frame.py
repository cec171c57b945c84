"""The frame around every page: page config and navigation."""

from pathlib import Path

import streamlit as st

from data.errors import SendlogError
from pages.session.choices import carry_choices_to
from pages.session.samples import load_samples_at_first_start

_ICON = Path(__file__).parent / "icon.svg"


def draw_frame() -> None:
    """Draw the page that the address names; trouble is told in one sentence."""
    st.set_page_config(page_title="Sendlog", page_icon=str(_ICON), layout="wide", initial_sidebar_state=360)
    # Pages without icons of their own: the browser would fetch those from the web to show them on its tab.
    page = st.navigation(
        [
            st.Page("pages/deliveries/deployment.py", title="Deployment", default=True),
            st.Page("pages/logs/import.py", title="Import", url_path="import"),
        ]
    )
    try:
        carry_choices_to(page.url_path)
        load_samples_at_first_start()
        page.run()
    except SendlogError as error:
        with st.container(border=True, horizontal=True):
            st.badge("error", icon=":material/error:", color="red")
            st.text(str(error))  # it may quote a log, so it is no Markdown
