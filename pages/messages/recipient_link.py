"""The way to the Recipient page, which has no place in the bar."""

import streamlit as st

from pages.i18n.words import words
from pages.session.asked import Filters
from pages.session.choices import shared_choices

_PAGE = "pages/messages/recipient.py"


def draw_standing(asked: Filters, text: str) -> None:
    """Draw what a log says as a whole, and beside it the link to the search for one recipient."""
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(text, width="content")
        st.page_link(
            _PAGE,
            label=words("Look up a recipient"),
            icon=":material/person_search:",
            help=words("All that ever happened to one address, over all deliveries"),
            query_params=shared_choices(asked.delivery.delivery_id),
            width="content",
        )
