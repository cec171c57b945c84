"""The page as it is looked at now, to be saved under a name and opened again."""

from collections.abc import Mapping
from urllib.parse import parse_qs, urlencode

import streamlit as st

from data.notes import SavedView, save_view
from data.store import Store

_UNSAVED = ("lang",)
"""What belongs to the one who looks, not to the view."""


def save_shown_view(store: Store, name: str) -> None:
    """Keep the page and its filters under a name. Raises NoteRefusedError."""
    asked = {key: st.query_params.get_all(key) for key in st.query_params if key not in _UNSAVED}
    save_view(store, name, st.session_state.get("page", ""), urlencode(asked, doseq=True))


def query_of(view: SavedView) -> Mapping[str, list[str]]:
    """The filters of a saved view, as links to it have them."""
    return parse_qs(view.query, keep_blank_values=True)
