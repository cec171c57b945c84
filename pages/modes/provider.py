"""The provider behind the gap, with its rows and the way to what failed."""

import streamlit as st

from data.snapshot import Snapshot
from pages.i18n.words import words
from pages.modes.answers import Gap, provider_of
from pages.modes.sentences import provider_sentence
from pages.parts.rows_link import draw_rows_link
from pages.session.asked import Filters
from pages.session.choices import shared_choices

_FAILURES = "pages/failures/failures.py"


def draw_provider(store: Snapshot, asked: Filters, gap: Gap) -> None:
    """Draw which recipient domain holds most of the gap; nothing where there is no gap."""
    if not gap.messages or not asked.delivery.has_delivery_feedback:
        return
    provider = provider_of(store, asked)
    if provider is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="provider"):
        st.text(provider_sentence(provider, gap), width="content")  # it quotes a log, so it is no Markdown
        draw_rows_link(asked, provider.selection, provider.messages)
        st.page_link(
            _FAILURES,
            label=words("Failures"),
            icon=":material/error:",
            help=words("What failed, where, and for which reason"),
            query_params=shared_choices(asked.delivery.delivery_id),
            width="content",
        )
