"""The head of a page about a delivery."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from data.snapshot import Snapshot, held_still
from pages.i18n.words import words
from pages.session.asked import Filters
from pages.session.filters import chosen_filters
from pages.session.samples import load_samples
from pages.session.store import opened_store


@contextmanager
def delivery_page(title: str | None = None, *, is_of_one: bool = True) -> Iterator[tuple[Snapshot, Filters]]:
    """Draw the shared filters and the title, and give the store and what is asked of it.

    title: none where the page draws its own. is_of_one: whether the page tells of the chosen delivery alone, so
    that its label stands in the head.

    All that a run shows stems from one version of the data, even if an import ends in between. Where there is no
    delivery yet, the page says what to do and ends here.
    """
    with held_still(opened_store()) as store:
        asked = chosen_filters(store)
        if asked is None:
            _draw_nothing_yet(store, title or words("Deployment"))
            st.stop()
        if title is not None:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.header(title, width="content")
                if is_of_one:
                    st.text(asked.delivery.label)  # the log's text, so it is no Markdown
        yield store, asked


def _draw_nothing_yet(store: Snapshot, title: str) -> None:
    st.title(title)
    st.caption(words("There is no delivery yet. Import a sending log, or load the sample logs to look around."))
    with st.container(horizontal=True):
        st.page_link("pages/logs/import.py", label=words("Go to Import"), icon=":material/upload_file:")
        if st.button(words("Load the sample logs"), icon=":material/science:"):
            load_samples(store.live)
            st.rerun()
