"""The page as it is looked at now, to be saved under a name and opened again."""

from urllib.parse import urlencode

import streamlit as st

from data.notes import SavedView, save_view
from data.store import Store

_LANGUAGE = "lang"
"""It belongs to the one who looks, not to the view."""


def save_shown_view(store: Store, name: str) -> None:
    """Keep the page and its filters under a name. Raises NoteRefusedError."""
    asked = {key: st.query_params.get_all(key) for key in st.query_params if key != _LANGUAGE}
    save_view(store, name, st.session_state.get("page", ""), urlencode(asked, doseq=True))


def url_of(view: SavedView) -> str:
    """The address of a saved view, from any page, in the language that was chosen."""
    language = {key: st.query_params[key] for key in (_LANGUAGE,) if key in st.query_params}
    return f"/{view.page}?{'&'.join(filter(None, (view.query, urlencode(language))))}"
